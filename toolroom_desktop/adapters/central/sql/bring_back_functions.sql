-- A station's own entries, for one whose records were restored from an older backup. Written anew by every
-- `toolroom central init`.
--
-- Like every other function it finds the station by the role that logged in, and the second wall lets it read the rows
-- of that station alone.

-- {site_id, after, most} -> the station's entries after that number, at most `most` (0: none) and about 1 MB, each with
-- all that it was pushed with. `at` is the hash of entry `after`, '' where there is none. An entry that was set apart and
-- belongs to the chain comes like any other: whether it is a good one is for the station to see.
CREATE OR REPLACE FUNCTION toolroom.own_entries(asked jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    own toolroom.site := toolroom.calling_site(asked ->> 'site_id');
    reached bigint := greatest(coalesce((asked ->> 'after')::bigint, 0), 0);
    room integer := least(greatest(coalesce((asked ->> 'most')::integer, 200), 0), 1000);
    bytes bigint := 1000000;
    head toolroom.site_head;
    known text;
    handed jsonb;
BEGIN
    SELECT * INTO head FROM toolroom.site_head AS h WHERE h.site_id = own.site_id;
    SELECT l.hash INTO known FROM toolroom.chain_link AS l WHERE l.site_id = own.site_id AND l.site_seq = reached;
    WITH kept AS (
        SELECT j.site_seq, j.prev_hash, j.hash, j.seal, j.content FROM toolroom.journal AS j
        WHERE j.site_id = own.site_id AND j.site_seq > reached AND j.site_seq <= reached + room
        UNION ALL
        SELECT q.site_seq, q.prev_hash, q.hash, q.seal, q.content FROM toolroom.quarantine AS q
        WHERE q.site_id = own.site_id AND q.in_chain AND q.site_seq > reached AND q.site_seq <= reached + room
    ), sized AS (
        SELECT k.*, sum(300 + octet_length(k.content)) OVER (ORDER BY k.site_seq) AS size FROM kept AS k
    )
    SELECT coalesce(jsonb_agg(jsonb_build_object('seq', z.site_seq, 'prev', z.prev_hash, 'hash', z.hash, 'seal', z.seal,
                                                 'content', z.content) ORDER BY z.site_seq), '[]')
    INTO handed
    -- One that is larger than all of it comes alone.
    FROM sized AS z WHERE z.size <= bytes OR z.site_seq = reached + 1;
    RETURN jsonb_build_object(
        'head', jsonb_build_object('seq', head.seq, 'hash', head.hash),
        'at', coalesce(known, CASE WHEN reached = 0 THEN repeat('0', 64) ELSE '' END),
        'entries', handed);
END
$$;

-- {site_id, files: [sha256, ...]} -> {sha256: {size, held}} of those of which the centre has something of this station.
CREATE OR REPLACE FUNCTION toolroom.own_photos(asked jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    own toolroom.site := toolroom.calling_site(asked ->> 'site_id');
BEGIN
    RETURN (
        SELECT coalesce(jsonb_object_agg(e.sha256, jsonb_build_object('size', e.size, 'held', e.held)), '{}')
        FROM toolroom.evidence AS e
        WHERE e.site_id = own.site_id AND e.sha256 IN (SELECT jsonb_array_elements_text(asked -> 'files'))
    );
END
$$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA toolroom FROM PUBLIC;
GRANT EXECUTE ON FUNCTION toolroom.own_entries(jsonb), toolroom.own_photos(jsonb) TO toolroom_station;
