"""What reports and the policy page keep: pages of figures, values of policy, comparisons of runs, trials."""
