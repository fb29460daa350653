"""The window's and the village's own verbs: correct a fact, answer a question, write down what changed in a life."""
