-- The entries of all stations, for a station that may see them. Written anew by every `toolroom central init`.
--
-- The right is a role: `toolroom central allow-overview` makes a station a member of toolroom_overview, which alone may
-- execute the function. It reads and never writes.

-- The second wall lets the owner read all stations for such a station while the function runs, and at no other moment.
DO $$
DECLARE
    kept text;
BEGIN
    FOREACH kept IN ARRAY ARRAY['site', 'site_head', 'chain_link', 'journal'] LOOP
        EXECUTE format('DROP POLICY IF EXISTS overview ON toolroom.%I', kept);
        EXECUTE format('CREATE POLICY overview ON toolroom.%I FOR SELECT USING ((SELECT current_user = ''toolroom_owner'' '
                       'AND pg_has_role(session_user, ''toolroom_overview'', ''MEMBER'') '
                       'AND current_setting(''toolroom.overview'', true) = ''on''))', kept);
    END LOOP;
END
$$;

-- Whether the station that called may see others.
CREATE OR REPLACE FUNCTION toolroom.may_see_all() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT pg_has_role(session_user, 'toolroom_overview', 'MEMBER') $$;

-- {site_id, heads: {site: seq}, without: [site, ...], most} -> the entries after those heads, of each station in its own
-- order, at most `most` and about 1 MB, with what is needed to check them. Those of one station come in the order of
-- their numbers and never later (a push holds the head's row), so a number for each station says where to go on. `at`
-- is the hash of the entry up to which the asker has a station. Of an entry that was set apart there is the hash alone.
CREATE OR REPLACE FUNCTION toolroom.entries(asked jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    own toolroom.site := toolroom.calling_site(asked ->> 'site_id');
    looked timestamptz := clock_timestamp();
    room integer := least(greatest(coalesce((asked ->> 'most')::integer, 200), 1), 1000);
    bytes bigint := 1000000;
    sites jsonb := '[]';
    more boolean := false;
    h record;
    reached bigint;
    upto bigint;
    handed jsonb;
    number integer;
    size bigint;
BEGIN
    IF NOT toolroom.may_see_all() THEN
        RAISE EXCEPTION 'this station may not see others' USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM set_config('toolroom.overview', 'on', true);
    FOR h IN
        SELECT s.site_id, s.seq, s.hash,
               coalesce((SELECT n.name FROM toolroom.site AS n WHERE n.site_id = s.site_id
                         ORDER BY n.removed_at IS NOT NULL, n.number DESC LIMIT 1), left(s.site_id, 8)) AS name
        FROM toolroom.site_head AS s ORDER BY s.site_id
    LOOP
        reached := coalesce((asked #>> ARRAY['heads', h.site_id])::bigint, 0);
        handed := '[]';
        IF reached < h.seq AND NOT coalesce(asked -> 'without' ? h.site_id, false) THEN
            IF room > 0 AND bytes > 0 THEN
                upto := least(h.seq, reached + room);
                WITH links AS (
                    SELECT l.site_seq, l.hash FROM toolroom.chain_link AS l
                    WHERE l.site_id = h.site_id AND l.site_seq > reached AND l.site_seq <= upto
                ), kept AS (
                    SELECT j.site_seq, j.content FROM toolroom.journal AS j
                    WHERE j.site_id = h.site_id AND j.site_seq > reached AND j.site_seq <= upto
                ), sized AS (
                    SELECT l.site_seq, l.hash, k.content,
                           sum(200 + coalesce(octet_length(k.content), 0)) OVER (ORDER BY l.site_seq) AS size
                    FROM links AS l LEFT JOIN kept AS k USING (site_seq)
                )
                SELECT coalesce(jsonb_agg(jsonb_build_object('seq', z.site_seq, 'hash', z.hash, 'content', z.content)
                                          ORDER BY z.site_seq), '[]'),
                       count(*), coalesce(max(z.size), 0), coalesce(max(z.site_seq), reached)
                INTO handed, number, size, upto
                -- One that is larger than all of it comes alone.
                FROM sized AS z WHERE z.size <= bytes OR (z.site_seq = reached + 1 AND bytes = 1000000);
                room := room - number;
                bytes := bytes - size;
                more := more OR upto < h.seq;
            ELSE
                more := true;
            END IF;
        END IF;
        sites := sites || jsonb_build_array(jsonb_build_object(
            'site_id', h.site_id, 'name', h.name, 'head', jsonb_build_object('seq', h.seq, 'hash', h.hash),
            'at', coalesce((SELECT l.hash FROM toolroom.chain_link AS l
                            WHERE l.site_id = h.site_id AND l.site_seq = reached), ''),
            'entries', handed));
    END LOOP;
    PERFORM set_config('toolroom.overview', '', true);
    RETURN jsonb_build_object('now', looked, 'sites', sites, 'more', more);
END
$$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA toolroom FROM PUBLIC;
GRANT EXECUTE ON FUNCTION toolroom.entries(jsonb) TO toolroom_overview;
