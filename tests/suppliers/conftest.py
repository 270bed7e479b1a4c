"""Property tests judge results, not the speed of the machine they run on; on CI they try the same cases every time."""

import os

from hypothesis import settings

settings.register_profile("unhurried", deadline=None, derandomize=os.environ.get("CI") == "true")
settings.load_profile("unhurried")
