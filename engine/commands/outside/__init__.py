"""What reaches cases from outside: messages, signals, and customers without a login.

It fetches nothing: whoever has something to say comes here.
"""
