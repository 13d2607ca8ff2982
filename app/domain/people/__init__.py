"""Who may do what at a counter: roles and acts, the province's grants, secrets, and what wrong tries cost.

    ROLE        holds ACTS (`roles`); each type of operation needs one (`operation_acts`)
    a clerk     holds roles by a GRANT that the province signed, for one office and a few days (`grant`)
    a secret    is her own, begun with a one-time personal code (`secret`), and guessed at a price (`lockout`)

The rules of personal accounts follow Luật 91/2025/QH15 and Nghị định 356/2025/NĐ-CP: no shared account, each act
with its author, and two people where money, a receipt, a promised date or a closed dossier is taken back.
"""
