"""Where each message goes, and the headers that travel with it."""

from __future__ import annotations

ENROL = "/v1/enrol"
HELLO = "/v1/hello"
PUSH = "/v1/push"
FEED = "/v1/feed"
OPERATIONS = "/v1/operations"
EPOCH = "/v1/epoch"
PACKAGES = "/v1/packages/{kind}/{version}"
SEALED = "/v1/sealed"                               # records of a second copy, opened by the province alone
RECONCILE = "/v1/reconcile"
HEALTH = "/health"
METRICS = "/metrics"                               # Prometheus; loopback or its own token only

AUTHORIZATION = "Authorization"                    # "Bearer <token>"
RETRY_AFTER = "Retry-After"                        # whole seconds
FOLLOWS = "Push-Follows"                           # "<epoch>.<seq>": take this once that one is in custody
