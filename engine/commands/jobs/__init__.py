"""What the machine owes: jobs taken, carried out, done again, failed, and planned.

It decides when nothing: due times are kept with the jobs, and the worker looks for them.
"""
