"""The web pages for a server of one's own choice, such as ``gunicorn webapp.wsgi:app``.

The worker is started beside it: ``complaintflow worker``.
"""

from engine.runtime import Engine
from engine.settings import read_settings
from engine.watch import set_up_logs
from webapp import create_app
from webapp.shell.assets import require_bundle

set_up_logs()
require_bundle()
_settings = read_settings()
_engine = Engine(_settings)
_engine.database.refuse_other_schema()
_engine.close()  # Whatever forks this process opens connections of its own.
app = create_app(_engine, _settings)
