"""What is left of the pay: pay less food, bed and road, with what subsidies add, each number with its source.

In: what an advert says and what the policy estimates. Out: ranges; what nobody has said is a question, never a nought.
"""
