"""From how few people a figure could tell of one of them, and is neither kept nor shown."""

FEWEST_PATIENTS = 5  # behind any outcome figure
USUAL_MINIMUM = 5  # answers of staff behind a result
SMALLEST_MINIMUM = 3  # a service may agree on fewer before the survey opens, never on fewer than these
