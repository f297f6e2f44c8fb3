"""The pages of a person's own: signing in, password, language, notices.

They change nothing for anybody else; that is in `webapp.people`.
"""

from webapp.account import notices, screens, sign_in, telling

SCREENS = (notices, screens, sign_in, telling)
