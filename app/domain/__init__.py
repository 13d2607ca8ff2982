"""Plain values and rules: what a dossier is, when it is due, what a card says. Standard library only.

Everything here is a frozen dataclass or a pure function; clock, randomness and tables are arguments. Errors
carry codes and values (`app.errors`), never sentences. Facts of law (levels, agencies, fees, holidays, forms)
are data that comes in, never literals.

Where to look: the form `intake`, `new_intake`, `checklist`, `fee` · the stored thing `dossier`, `operation`,
`lease`, `body` · the citizen `applicant`, `citizen_card`, `phone`, `tax_code`, `masking` · dates `workdays`,
`calendar`, `deadline_policy`, `derivation` · codes `dossier_code`, `code_pattern`, `receipt_code` · the
catalogue `procedure`, `catalogue_codec`, `catalogue_search`, `catalogue_import`.
"""
