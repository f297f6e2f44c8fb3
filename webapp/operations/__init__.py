"""The pages of whoever runs the installation: incidents, jobs, health, demo data.

They change no policy and no person.
"""

from webapp.operations import demodata, health, screens

SCREENS = (demodata, health, screens)
