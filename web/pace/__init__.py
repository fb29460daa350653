"""How often anybody may ask: programs by their token, visitors of open pages by their address."""

from web.pace.asking import PACE as PACE
from web.pace.asking import keep_pace as keep_pace
from web.pace.asking import seconds_to_wait as seconds_to_wait
from web.pace.buckets import Pace as Pace
from web.pace.shared import SharedPace as SharedPace
