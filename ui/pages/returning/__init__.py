"""Trả kết quả (F5): three ways of one place, each by keys.

    GiveView     two scans, who collects, originals, money, satisfaction, F12        `giving.Giving` works it
    TakeView     results come in by scan, one list of one agency, F12                `taking.Taking` works it
    WaitingView  what lies on the shelf, the longest first or by place

The page hands scans and keys to the view in front; views show values and send wishes; the two workers ask the
services and say what came of it. Sheets ask one question each: a reason, a place, who holds which original.
"""
