"""A peer: message-db's write function through our driver, written anew after its documentation."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from benchmarks.bodies import Body

STORE = """
CREATE SCHEMA message_store;
CREATE TABLE message_store.messages (
    global_position bigserial PRIMARY KEY,
    position        bigint    NOT NULL,
    time            timestamp NOT NULL DEFAULT (now() AT TIME ZONE 'utc'),
    stream_name     text      NOT NULL,
    type            text      NOT NULL,
    data            jsonb,
    metadata        jsonb,
    id              uuid      NOT NULL DEFAULT gen_random_uuid()
);
CREATE FUNCTION message_store.category(stream text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    RETURN split_part(stream, '-', 1);
END
$$;
CREATE UNIQUE INDEX ON message_store.messages (id);
CREATE UNIQUE INDEX ON message_store.messages (stream_name, position);
CREATE INDEX ON message_store.messages
    (message_store.category(stream_name), global_position,
     message_store.category(metadata ->> 'correlationStreamName'));

CREATE FUNCTION message_store.write_message(
    id text, stream_name text, type text, data jsonb, metadata jsonb DEFAULT NULL, expected_version bigint DEFAULT NULL
) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    version bigint;
BEGIN
    -- Writers of one category wait for each other until they commit.
    PERFORM pg_advisory_xact_lock(
        ('x' || left(md5(message_store.category(write_message.stream_name)), 16))::bit(64)::bigint);
    SELECT coalesce(max(m.position), -1) INTO version
      FROM message_store.messages m WHERE m.stream_name = write_message.stream_name;
    IF version <> coalesce(expected_version, version) THEN
        RAISE EXCEPTION 'expected version % of %, found %', expected_version, write_message.stream_name, version;
    END IF;
    INSERT INTO message_store.messages (id, stream_name, position, type, data, metadata)
    VALUES (write_message.id::uuid, write_message.stream_name, version + 1, write_message.type, write_message.data,
            write_message.metadata);
    RETURN version + 1;
END
$$;
"""
WRITE = "SELECT message_store.write_message($1, $2, $3, $4, $5, $6)"


async def write(connection: Any, given: Body) -> None:
    """A call for each event, as it offers; several are one transaction."""
    stream = f"assessment-{given.drafts[0].originator_id}"
    metadata = f'{{"actor":"{given.actor}","command":"{given.command}"}}'
    calls = [
        (str(uuid4()), stream, draft.topic, draft.state.decode(), metadata, draft.originator_version - 2)
        for draft in given.drafts
    ]
    if len(calls) == 1:
        await connection.execute(WRITE, *calls[0])
        return
    async with connection.transaction():
        for call in calls:
            await connection.execute(WRITE, *call)
