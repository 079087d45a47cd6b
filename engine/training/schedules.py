"""Training against the clock: how far a run is, and the learning rate there."""

import math
import time


class Clock:
    """Progress from 0 to 1 over a number of minutes, counting those of an earlier, resumed run."""

    def __init__(self, minutes, spent=0.0):
        self.seconds, self.start = minutes * 60, time.time() - spent

    @property
    def spent(self):
        return time.time() - self.start

    @property
    def progress(self):
        return min(1.0, self.spent / self.seconds)


def learning_rate(peak, step, progress, warm_up=200, floor=0.01):
    """Linear warm-up by steps, then half a cosine down to the end of the allotted time."""
    cosine = 0.5 * (1 + math.cos(math.pi * progress))
    return peak * min(1.0, (step + 1) / warm_up) * (floor + (1 - floor) * cosine)


def set_rate(optimizer, rate):
    """For all of its parameters, or for each group its `share` of it."""
    for group in optimizer.param_groups:
        group["lr"] = group.get("share", 1.0) * rate
