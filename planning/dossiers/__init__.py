"""Dossiers: the whole record of one service as one file, out and in again.

The format is `holdfast-dossier/1`; its schema lies beside this module, docs/dossier.md explains it. What a file does
not say stays absent, and absent is unknown.

reading    bytes -> a dossier that was understood, or the one sentence that says where it was not
schema     what the format allows, in words for people
checks     what a schema cannot say: days that exist, names that lead somewhere, nothing said twice
dates      the days of a dossier moved along with the day it is seen from
lists      which list of the file is which row of the record, field by field (`shape`, `fields`)
totals     weeks as totals of the service, as they leave it
importing  a dossier -> a new service, all or nothing
exporting  a service -> a dossier
"""
