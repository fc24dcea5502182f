"""The tables of measurements and counts; adding one is one module and one line here."""

from generator.tables.complaint import Complaint
from generator.tables.failure import Failure
from generator.tables.measurement import Measurement
from generator.tables.result import Result
from generator.tables.row import Row

TABLES: tuple[type[Row], ...] = (Measurement, Result, Complaint, Failure)
BY_TABLE = {table.table: table for table in TABLES}
