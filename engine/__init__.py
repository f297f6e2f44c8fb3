"""Runs complaint policies: BPMN processes, DMN decisions and the forms between them.

It knows no web: pages, log-ins and browsers are the business of `webapp`.
"""
