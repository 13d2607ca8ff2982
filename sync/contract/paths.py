"""Where each message goes, and the headers that travel with it."""

from __future__ import annotations

ENROL = "/v1/enrol"
HELLO = "/v1/hello"
PUSH = "/v1/push"
FEED = "/v1/feed"
OPERATIONS = "/v1/operations"
EPOCH = "/v1/epoch"
PACKAGES = "/v1/packages/{kind}/{version}"
HEALTH = "/health"

AUTHORIZATION = "Authorization"                    # "Bearer <token>"
RETRY_AFTER = "Retry-After"                        # whole seconds
