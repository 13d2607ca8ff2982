"""What goes in by COPY comes out letter for letter and byte for byte."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Integer, LargeBinary, MetaData, String, Table, Text, select

from sync.gateway.database import insert_many, open_database
from tests.postgres import PostgresServer

kinds = Table(
    "kinds", MetaData(), Column("small", Integer), Column("large", BigInteger), Column("is_so", Boolean),
    Column("short", String(64)), Column("long", Text), Column("content", LargeBinary),
)
ROWS = [
    (0, 0, False, "", "", b""),
    (-(2**31), -(2**63), True, "Hồ sơ 𠀋 \\N\t\n\"", "ấ" * 5_000, bytes(range(256)) * 40),
    (2**31 - 1, 2**63 - 1, None, None, None, None),
    (None, None, True, "\\.", "\r\n\x01", b"\\x00PGCOPY\n\xff\r\n\0"),
]


def test_every_kind_of_value_comes_out_as_it_went_in(postgres: PostgresServer) -> None:
    database = open_database(postgres.create_database())
    try:
        with database.writing() as connection:
            kinds.create(connection)
            insert_many(connection, kinds, [column.name for column in kinds.columns], ROWS)
            found = [tuple(row) for row in connection.execute(select(kinds))]
    finally:
        database.close()
    assert found == ROWS
