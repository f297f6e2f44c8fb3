"""The web pages for a server of one's own choice, such as ``gunicorn webapp.wsgi:app``.

The worker is started beside it: ``complaintflow worker``.
"""

from engine.runtime import Engine
from engine.settings import read_settings
from webapp import create_app
from webapp.shell.assets import require_bundle

require_bundle()
_settings = read_settings()
app = create_app(Engine(_settings), _settings)
