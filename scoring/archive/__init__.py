"""Archives that networks give their members, read into acts: plain Python, in a process of its own.

Names, texts and addresses stay in that process; what leaves it is `found.py`.
"""
