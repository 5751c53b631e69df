-- Compares the temporary table seed (the lines of tests/data/seed_columns.txt) with the catalogue;
-- every row of the result is a fault. run.sh makes the table.
WITH wanted AS (
    SELECT line, split_part(split_part(line, ' ', 1), '.', 1) AS table_name,
           split_part(split_part(line, ' ', 1), '.', 2) AS column_name,
           substring(line FROM position(' ' IN line) + 1) AS type_name
    FROM seed
), found AS (
    SELECT c.relname AS table_name, a.attname AS column_name, t.typtype = 'e' AS is_enum,
           format_type(a.atttypid, a.atttypmod) AS type_name,
           (SELECT array_agg(e.enumlabel::text ORDER BY e.enumsortorder)
            FROM pg_enum e WHERE e.enumtypid = t.oid) AS labels
    FROM pg_class c
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    JOIN pg_type t ON t.oid = a.atttypid
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
)
SELECT w.line, f.type_name, f.labels
FROM wanted w
LEFT JOIN found f USING (table_name, column_name)
WHERE f.column_name IS NULL
   OR (NOT f.is_enum AND f.type_name <> w.type_name)
   OR (f.is_enum AND w.type_name !~ '^enum\(')
   OR (f.is_enum AND w.type_name LIKE '%,...)'
       AND NOT f.labels @> string_to_array(substring(w.type_name FROM 'enum\((.*),\.\.\.\)'), ','))
   OR (f.is_enum AND w.type_name NOT LIKE '%,...)'
       AND f.labels <> string_to_array(substring(w.type_name FROM 'enum\((.*)\)'), ','));
