"""The Rain-Dew plan: who could still go to school, pupils and what is paid, graduates and monthly contact."""
