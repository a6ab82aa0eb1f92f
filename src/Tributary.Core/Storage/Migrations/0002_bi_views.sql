-- Read-only views for people and BI tools (docs/sql.md, "Views"). The engine never reads them.
-- Amounts are decimals in their currency, percentages are percent, references come with names. Deleted records are left out.
-- On PostgreSQL a view asks with the rights and the workspace of whoever reads it (security_invoker), so row-level security holds.

CREATE VIEW bi_stages
-- [postgres]
WITH (security_invoker = true)
-- [both]
AS SELECT
    s.workspace_id,
    w.name AS workspace,
    s.pipeline_id,
    p.name AS pipeline,
    p.position AS pipeline_position,
    s.id AS stage_id,
    s.name AS stage,
    s.position,
    s.kind,
    ROUND(s.probability_bp / 100.0, 2) AS probability,
    s.rotten_days
FROM stages s
JOIN workspaces w ON w.id = s.workspace_id
JOIN pipelines p ON p.workspace_id = s.workspace_id AND p.id = s.pipeline_id
WHERE s.deleted_at IS NULL AND p.deleted_at IS NULL;

CREATE VIEW bi_deals
-- [postgres]
WITH (security_invoker = true)
-- [both]
AS SELECT
    d.workspace_id,
    w.name AS workspace,
    d.id AS deal_id,
    d.number,
    d.title,
    d.status,
    d.pipeline_id,
    p.name AS pipeline,
    d.stage_id,
    s.name AS stage,
    s.position AS stage_position,
    d.owner_id,
    u.name AS owner,
    d.person_id,
    c.name AS person,
    d.org_id AS organization_id,
    o.name AS organization,
    d.currency,
    ROUND(d.value_units / 10000.0, 4) AS value,
    d.value_units,
    ROUND(CASE WHEN p.uses_probability THEN COALESCE(d.probability_bp, s.probability_bp) ELSE 10000 END / 100.0, 2) AS probability,
    ROUND(d.value_units * (CASE WHEN p.uses_probability THEN COALESCE(d.probability_bp, s.probability_bp) ELSE 10000 END / 100000000.0), 4) AS weighted_value,
    ROUND(d.mrr_units / 10000.0, 4) AS mrr,
    ROUND(d.arr_units / 10000.0, 4) AS arr,
    ROUND(d.acv_units / 10000.0, 4) AS acv,
    d.priority,
    d.expected_close,
    d.source,
    d.deal_type,
    d.forecast_category,
    d.won_reason,
    d.lost_reason,
    d.loss_category,
    d.custom,
    COALESCE(d.stage_changed_at, d.added_at) AS stage_entered_at,
-- [sqlite]
    ROUND(julianday(d.closed_at) - julianday(COALESCE(d.stage_changed_at, d.added_at)), 4) AS days_in_stage,
-- [postgres]
    ROUND(CAST(EXTRACT(EPOCH FROM d.closed_at - COALESCE(d.stage_changed_at, d.added_at)) AS NUMERIC) / 86400, 4) AS days_in_stage,
-- [both]
    d.next_activity_on,
    d.last_activity_on,
    d.activities_count,
    d.done_activities_count,
    d.added_at,
    d.updated_at,
    d.won_at,
    d.lost_at,
    d.closed_at,
    d.archived_at
FROM deals d
JOIN workspaces w ON w.id = d.workspace_id
JOIN pipelines p ON p.workspace_id = d.workspace_id AND p.id = d.pipeline_id
JOIN stages s ON s.workspace_id = d.workspace_id AND s.id = d.stage_id
LEFT JOIN users u ON u.workspace_id = d.workspace_id AND u.id = d.owner_id
LEFT JOIN persons c ON c.workspace_id = d.workspace_id AND c.id = d.person_id
LEFT JOIN organizations o ON o.workspace_id = d.workspace_id AND o.id = d.org_id
WHERE d.deleted_at IS NULL;

-- One row per stay of a deal in a stage. A stay ends when the next one begins; the present one has no end. Closing ends no stay.
CREATE VIEW bi_stage_history
-- [postgres]
WITH (security_invoker = true)
-- [both]
AS SELECT
    h.workspace_id,
    w.name AS workspace,
    h.deal_id,
    d.title,
    t.pipeline_id,
    p.name AS pipeline,
    h.from_stage_id,
    f.name AS from_stage,
    h.to_stage_id AS stage_id,
    t.name AS stage,
    h.entered_at,
    h.left_at,
-- [sqlite]
    ROUND(julianday(h.left_at) - julianday(h.entered_at), 4) AS days,
-- [postgres]
    ROUND(CAST(EXTRACT(EPOCH FROM h.left_at - h.entered_at) AS NUMERIC) / 86400, 4) AS days,
-- [both]
    h.actor_id,
    u.name AS actor,
    h.dialect
FROM (
    SELECT workspace_id, deal_id, from_stage_id, to_stage_id, actor_id, dialect, at AS entered_at,
           LEAD(at) OVER (PARTITION BY workspace_id, deal_id ORDER BY id) AS left_at
    FROM events
    WHERE subject = 'deal' AND subject_id = deal_id AND to_stage_id IS NOT NULL
) h
JOIN workspaces w ON w.id = h.workspace_id
JOIN deals d ON d.workspace_id = h.workspace_id AND d.id = h.deal_id
JOIN stages t ON t.workspace_id = h.workspace_id AND t.id = h.to_stage_id
JOIN pipelines p ON p.workspace_id = h.workspace_id AND p.id = t.pipeline_id
LEFT JOIN stages f ON f.workspace_id = h.workspace_id AND f.id = h.from_stage_id
LEFT JOIN users u ON u.workspace_id = h.workspace_id AND u.id = h.actor_id
WHERE d.deleted_at IS NULL;

CREATE VIEW bi_organizations
-- [postgres]
WITH (security_invoker = true)
-- [both]
AS SELECT
    o.workspace_id,
    w.name AS workspace,
    o.id AS organization_id,
    o.name,
    o.owner_id,
    u.name AS owner,
    o.email,
    o.phone,
    o.website,
    o.industry,
    ROUND(o.annual_revenue_units / 10000.0, 4) AS annual_revenue,
    o.employee_count,
    o.custom,
    o.added_at,
    o.updated_at
FROM organizations o
JOIN workspaces w ON w.id = o.workspace_id
LEFT JOIN users u ON u.workspace_id = o.workspace_id AND u.id = o.owner_id
WHERE o.deleted_at IS NULL;

CREATE VIEW bi_persons
-- [postgres]
WITH (security_invoker = true)
-- [both]
AS SELECT
    c.workspace_id,
    w.name AS workspace,
    c.id AS person_id,
    c.name,
    c.first_name,
    c.last_name,
    c.org_id AS organization_id,
    o.name AS organization,
    c.owner_id,
    u.name AS owner,
-- [sqlite]
    (SELECT json_extract(e.value, '$.value') FROM json_each(c.emails) e
     ORDER BY COALESCE(json_extract(e.value, '$.primary'), 0) DESC, e.key LIMIT 1) AS email,
    (SELECT json_extract(e.value, '$.value') FROM json_each(c.phones) e
     ORDER BY COALESCE(json_extract(e.value, '$.primary'), 0) DESC, e.key LIMIT 1) AS phone,
-- [postgres]
    (SELECT e.value ->> 'value' FROM jsonb_array_elements(c.emails) WITH ORDINALITY e (value, n)
     ORDER BY COALESCE(CAST(e.value ->> 'primary' AS BOOLEAN), FALSE) DESC, e.n LIMIT 1) AS email,
    (SELECT e.value ->> 'value' FROM jsonb_array_elements(c.phones) WITH ORDINALITY e (value, n)
     ORDER BY COALESCE(CAST(e.value ->> 'primary' AS BOOLEAN), FALSE) DESC, e.n LIMIT 1) AS phone,
-- [both]
    c.job_title,
    c.status,
    c.source,
    c.custom,
    c.added_at,
    c.updated_at
FROM persons c
JOIN workspaces w ON w.id = c.workspace_id
LEFT JOIN organizations o ON o.workspace_id = c.workspace_id AND o.id = c.org_id
LEFT JOIN users u ON u.workspace_id = c.workspace_id AND u.id = c.owner_id
WHERE c.deleted_at IS NULL;

CREATE VIEW bi_activities
-- [postgres]
WITH (security_invoker = true)
-- [both]
AS SELECT
    a.workspace_id,
    w.name AS workspace,
    a.id AS activity_id,
    a.type AS type_key,
    t.name AS type,
    a.subject,
    a.deal_id,
    d.title AS deal,
    a.person_id,
    c.name AS person,
    a.org_id AS organization_id,
    o.name AS organization,
    a.owner_id,
    u.name AS owner,
    a.due_on,
    a.due_time,
    a.duration_minutes,
    a.status,
    a.done,
    a.done_at,
    a.added_at,
    a.updated_at
FROM activities a
JOIN workspaces w ON w.id = a.workspace_id
LEFT JOIN activity_types t ON t.workspace_id = a.workspace_id AND t.key = a.type
LEFT JOIN deals d ON d.workspace_id = a.workspace_id AND d.id = a.deal_id
LEFT JOIN persons c ON c.workspace_id = a.workspace_id AND c.id = a.person_id
LEFT JOIN organizations o ON o.workspace_id = a.workspace_id AND o.id = a.org_id
LEFT JOIN users u ON u.workspace_id = a.workspace_id AND u.id = a.owner_id
WHERE a.deleted_at IS NULL;

CREATE VIEW bi_products
-- [postgres]
WITH (security_invoker = true)
-- [both]
AS SELECT
    p.workspace_id,
    w.name AS workspace,
    p.id AS product_id,
    p.name,
    p.code,
    p.category,
    p.unit,
    ROUND(p.tax_units / 10000.0, 4) AS tax,
    p.billing_frequency,
    p.billing_cycles,
    p.owner_id,
    u.name AS owner,
    p.custom,
    p.added_at,
    p.updated_at
FROM products p
JOIN workspaces w ON w.id = p.workspace_id
LEFT JOIN users u ON u.workspace_id = p.workspace_id AND u.id = p.owner_id
WHERE p.deleted_at IS NULL;

-- The lines as they were entered. What they sum up to is decided by the engine and kept in the deal's value, mrr, arr and acv.
CREATE VIEW bi_deal_products
-- [postgres]
WITH (security_invoker = true)
-- [both]
AS SELECT
    l.workspace_id,
    w.name AS workspace,
    l.id AS deal_product_id,
    l.deal_id,
    d.title AS deal,
    d.status AS deal_status,
    l.product_id,
    COALESCE(l.name, p.name) AS product,
    l.currency,
    ROUND(l.item_price_units / 10000.0, 4) AS item_price,
    ROUND(l.quantity_units / 10000.0, 4) AS quantity,
    ROUND(l.discount_units / 10000.0, 4) AS discount,
    l.discount_type,
    ROUND(l.tax_units / 10000.0, 4) AS tax,
    l.tax_method,
    l.billing_frequency,
    l.billing_cycles,
    l.billing_start,
    l.is_enabled,
    l.added_at,
    l.updated_at
FROM deal_products l
JOIN workspaces w ON w.id = l.workspace_id
JOIN deals d ON d.workspace_id = l.workspace_id AND d.id = l.deal_id
LEFT JOIN products p ON p.workspace_id = l.workspace_id AND p.id = l.product_id
WHERE d.deleted_at IS NULL;
