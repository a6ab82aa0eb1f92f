-- One text for both backends. Storage/Migrator.cs replaces the type words (WHOLE, WORDS, INSTANT, DAY, FLAG, UID, DOCUMENT,
-- BYTES, STRICT) and the "[sqlite]" / "[postgres]" / "[both]" marks.
-- Money columns end in _units (ten-thousandths), percentages in _bp (hundredths of a percent), rates in _e8 (10^-8).
-- workspace_id leads every primary key, unique key, foreign key and index; the tables of the directory are the exception, and what has no workspace.

-- Directory: what is asked before the workspace is known. On a distributed PostgreSQL these are reference tables.

CREATE TABLE workspaces (
    id              WHOLE NOT NULL PRIMARY KEY,
    uid             UID NOT NULL UNIQUE,
    name            WORDS NOT NULL,
    base_currency   WORDS NOT NULL,
    time_zone       WORDS NOT NULL,
    catalog_version WHOLE NOT NULL,
    settings        DOCUMENT NOT NULL,
    added_at        INSTANT NOT NULL
) STRICT;

-- kind 'key' (hash of a token), 'client' (client id), 'email' (folded address of a user).
CREATE TABLE directory (
    kind         WORDS NOT NULL,
    lookup       WORDS NOT NULL,
    workspace_id WHOLE NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    subject_id   WHOLE NOT NULL,
    PRIMARY KEY (kind, lookup, workspace_id)
) STRICT;

CREATE TABLE instance_secrets (
    name  WORDS NOT NULL PRIMARY KEY,
    value BYTES NOT NULL
) STRICT;

-- [sqlite]
-- The last id given out per kind of record. An id is never given twice, also after a purge.
CREATE TABLE sequences (
    name TEXT NOT NULL PRIMARY KEY,
    last INTEGER NOT NULL
) STRICT;
-- [both]

-- People and their keys

CREATE TABLE user_groups (
    workspace_id WHOLE NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    id           WHOLE NOT NULL,
    uid          UID NOT NULL,
    name         WORDS NOT NULL,
    parent_id    WHOLE,
    added_at     INSTANT NOT NULL,
    updated_at   INSTANT NOT NULL,
    version      WHOLE NOT NULL,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, uid),
    FOREIGN KEY (workspace_id, parent_id) REFERENCES user_groups (workspace_id, id)
) STRICT;

CREATE TABLE users (
    workspace_id     WHOLE NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    id               WHOLE NOT NULL,
    uid              UID NOT NULL,
    name             WORDS NOT NULL,
    email            WORDS NOT NULL,
    email_folded     WORDS NOT NULL,
    role             WORDS NOT NULL CHECK (role IN ('admin', 'manager', 'member')),
    group_id         WHOLE,
    phone            WORDS,
    locale           WORDS NOT NULL,
    time_zone        WORDS NOT NULL,
    default_currency WORDS NOT NULL,
    password_hash    WORDS,
    is_active        FLAG NOT NULL,
    last_login_at    INSTANT,
    added_at         INSTANT NOT NULL,
    updated_at       INSTANT NOT NULL,
    version          WHOLE NOT NULL,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, uid),
    UNIQUE (workspace_id, email_folded),
    FOREIGN KEY (workspace_id, group_id) REFERENCES user_groups (workspace_id, id)
) STRICT;

CREATE TABLE apps (
    workspace_id  WHOLE NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    id            WHOLE NOT NULL,
    uid           UID NOT NULL,
    name          WORDS NOT NULL,
    dialect       WORDS NOT NULL,
    client_id     WORDS NOT NULL,
    secret_hash   WORDS NOT NULL,
    user_id       WHOLE NOT NULL,
    scopes        DOCUMENT NOT NULL,
    redirect_uris DOCUMENT NOT NULL,
    added_at      INSTANT NOT NULL,
    revoked_at    INSTANT,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, uid),
    UNIQUE (workspace_id, client_id),
    FOREIGN KEY (workspace_id, user_id) REFERENCES users (workspace_id, id)
) STRICT;

CREATE TABLE api_keys (
    workspace_id WHOLE NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    id           WHOLE NOT NULL,
    uid          UID NOT NULL,
    dialect      WORDS NOT NULL,
    name         WORDS NOT NULL,
    user_id      WHOLE NOT NULL,
    prefix       WORDS NOT NULL,
    hash         WORDS NOT NULL,
    secret_hash  WORDS,
    scopes       DOCUMENT NOT NULL,
    allowed_ips  DOCUMENT NOT NULL,
    expires_at   INSTANT,
    revoked_at   INSTANT,
    last_used_at INSTANT,
    added_at     INSTANT NOT NULL,
    added_by     WHOLE,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, uid),
    UNIQUE (workspace_id, hash),
    FOREIGN KEY (workspace_id, user_id) REFERENCES users (workspace_id, id)
) STRICT;

CREATE TABLE idempotency_keys (
    workspace_id WHOLE NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    key_id       WHOLE NOT NULL,
    lookup       WORDS NOT NULL,
    request_hash WORDS NOT NULL,
    status       WHOLE,
    headers      DOCUMENT,
    body         BYTES,
    added_at     INSTANT NOT NULL,
    PRIMARY KEY (workspace_id, key_id, lookup)
) STRICT;
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (workspace_id, added_at);

-- The catalog: small tables that are read as one snapshot per workspace (Catalog/Catalog.cs)

CREATE TABLE currencies (
    workspace_id WHOLE NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    id           WHOLE NOT NULL,
    uid          UID NOT NULL,
    code         WORDS NOT NULL,
    name         WORDS NOT NULL,
    symbol       WORDS NOT NULL,
    decimals     WHOLE NOT NULL,
    is_active    FLAG NOT NULL,
    is_custom    FLAG NOT NULL,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, uid),
    UNIQUE (workspace_id, code)
) STRICT;

-- One unit of the currency is rate_e8 / 10^8 units of the workspace's base currency, from that day on.
CREATE TABLE currency_rates (
    workspace_id WHOLE NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    code         WORDS NOT NULL,
    day          DAY NOT NULL,
    rate_e8      WHOLE NOT NULL CHECK (rate_e8 > 0),
    source       WORDS NOT NULL,
    PRIMARY KEY (workspace_id, code, day),
    FOREIGN KEY (workspace_id, code) REFERENCES currencies (workspace_id, code) ON DELETE CASCADE
) STRICT;

CREATE TABLE pipelines (
    workspace_id     WHOLE NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    id               WHOLE NOT NULL,
    uid              UID NOT NULL,
    name             WORDS NOT NULL,
    position         WHOLE NOT NULL,
    is_default       FLAG NOT NULL,
    uses_probability FLAG NOT NULL,
    added_at         INSTANT NOT NULL,
    updated_at       INSTANT NOT NULL,
    deleted_at       INSTANT,
    version          WHOLE NOT NULL,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, uid)
) STRICT;

-- A stage of kind won or lost never holds a deal: it is how dialects without a status name the outcome (docs/architecture.md).
CREATE TABLE stages (
    workspace_id   WHOLE NOT NULL,
    id             WHOLE NOT NULL,
    uid            UID NOT NULL,
    pipeline_id    WHOLE NOT NULL,
    name           WORDS NOT NULL,
    position       WHOLE NOT NULL,
    kind           WORDS NOT NULL CHECK (kind IN ('open', 'won', 'lost')),
    probability_bp WHOLE NOT NULL CHECK (probability_bp BETWEEN 0 AND 10000),
    rotten_days    WHOLE CHECK (rotten_days > 0),
    added_at       INSTANT NOT NULL,
    updated_at     INSTANT NOT NULL,
    deleted_at     INSTANT,
    version        WHOLE NOT NULL,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, uid),
    FOREIGN KEY (workspace_id, pipeline_id) REFERENCES pipelines (workspace_id, id)
) STRICT;

-- Labels are picked from a list, per kind of record; tags are free words.
CREATE TABLE labels (
    workspace_id WHOLE NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    id           WHOLE NOT NULL,
    uid          UID NOT NULL,
    subject      WORDS NOT NULL CHECK (subject IN ('deal', 'person', 'organization', 'lead', 'product')),
    name         WORDS NOT NULL,
    color        WORDS NOT NULL,
    position     WHOLE NOT NULL,
    added_at     INSTANT NOT NULL,
    updated_at   INSTANT NOT NULL,
    deleted_at   INSTANT,
    version      WHOLE NOT NULL,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, uid)
) STRICT;

CREATE TABLE tags (
    workspace_id WHOLE NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    id           WHOLE NOT NULL,
    uid          UID NOT NULL,
    name         WORDS NOT NULL,
    added_at     INSTANT NOT NULL,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, uid),
    UNIQUE (workspace_id, name)
) STRICT;

CREATE TABLE lost_reasons (
    workspace_id WHOLE NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    id           WHOLE NOT NULL,
    uid          UID NOT NULL,
    name         WORDS NOT NULL,
    category     WORDS,
    position     WHOLE NOT NULL,
    is_active    FLAG NOT NULL,
    version      WHOLE NOT NULL,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, uid)
) STRICT;

CREATE TABLE activity_types (
    workspace_id WHOLE NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    id           WHOLE NOT NULL,
    uid          UID NOT NULL,
    key          WORDS NOT NULL,
    name         WORDS NOT NULL,
    icon         WORDS NOT NULL,
    color        WORDS,
    position     WHOLE NOT NULL,
    is_active    FLAG NOT NULL,
    is_custom    FLAG NOT NULL,
    added_at     INSTANT NOT NULL,
    updated_at   INSTANT NOT NULL,
    version      WHOLE NOT NULL,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, uid),
    UNIQUE (workspace_id, key)
) STRICT;

-- options: [{"id":1,"label":"…","color":"…"}]; ids are never used twice within a field.
CREATE TABLE fields (
    workspace_id WHOLE NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    id           WHOLE NOT NULL,
    uid          UID NOT NULL,
    subject      WORDS NOT NULL CHECK (subject IN ('deal', 'person', 'organization', 'product', 'activity')),
    key          WORDS NOT NULL,
    slug         WORDS NOT NULL,
    name         WORDS NOT NULL,
    type         WORDS NOT NULL,
    description  WORDS,
    options      DOCUMENT NOT NULL,
    settings     DOCUMENT NOT NULL,
    position     WHOLE NOT NULL,
    added_at     INSTANT NOT NULL,
    added_by     WHOLE,
    updated_at   INSTANT NOT NULL,
    deleted_at   INSTANT,
    version      WHOLE NOT NULL,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, uid),
    UNIQUE (workspace_id, subject, key)
) STRICT;

CREATE TABLE filters (
    workspace_id WHOLE NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    id           WHOLE NOT NULL,
    uid          UID NOT NULL,
    subject      WORDS NOT NULL,
    name         WORDS NOT NULL,
    condition    DOCUMENT NOT NULL,
    view         DOCUMENT,
    owner_id     WHOLE NOT NULL,
    visible_to   WHOLE NOT NULL,
    is_temporary FLAG NOT NULL,
    last_used_at INSTANT,
    added_at     INSTANT NOT NULL,
    updated_at   INSTANT NOT NULL,
    deleted_at   INSTANT,
    version      WHOLE NOT NULL,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, uid)
) STRICT;

-- Contacts. Organizations and persons share one sequence of ids, because YSuite keeps both in one list.

CREATE TABLE organizations (
    workspace_id         WHOLE NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    id                   WHOLE NOT NULL,
    uid                  UID NOT NULL,
    name                 WORDS NOT NULL,
    name_folded          WORDS NOT NULL,
    owner_id             WHOLE,
    visible_to           WHOLE NOT NULL,
    email                WORDS,
    phone                WORDS,
    website              WORDS,
    linkedin             WORDS,
    industry             WORDS,
    annual_revenue_units WHOLE,
    employee_count       WHOLE,
    tax_number           WORDS,
    address              DOCUMENT,
    notes                WORDS,
    label_ids            DOCUMENT NOT NULL,
    tag_ids              DOCUMENT NOT NULL,
    custom               DOCUMENT NOT NULL,
    added_at             INSTANT NOT NULL,
    added_by             WHOLE,
    updated_at           INSTANT NOT NULL,
    updated_by           WHOLE,
    deleted_at           INSTANT,
    deleted_by           WHOLE,
    version              WHOLE NOT NULL,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, uid)
) STRICT;
CREATE INDEX organizations_by_name ON organizations (workspace_id, name_folded, id) WHERE deleted_at IS NULL;
CREATE INDEX organizations_by_added ON organizations (workspace_id, added_at, id) WHERE deleted_at IS NULL;
CREATE INDEX organizations_by_updated ON organizations (workspace_id, updated_at, id) WHERE deleted_at IS NULL;
CREATE INDEX organizations_by_owner ON organizations (workspace_id, owner_id, id) WHERE deleted_at IS NULL;
CREATE INDEX organizations_deleted ON organizations (workspace_id, deleted_at) WHERE deleted_at IS NOT NULL;

-- emails, phones, im: [{"value":"…","label":"work","primary":true}]
CREATE TABLE persons (
    workspace_id     WHOLE NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    id               WHOLE NOT NULL,
    uid              UID NOT NULL,
    name             WORDS NOT NULL,
    name_folded      WORDS NOT NULL,
    first_name       WORDS,
    last_name        WORDS,
    org_id           WHOLE,
    owner_id         WHOLE,
    visible_to       WHOLE NOT NULL,
    emails           DOCUMENT NOT NULL,
    phones           DOCUMENT NOT NULL,
    im               DOCUMENT NOT NULL,
    email_folded     WORDS,
    address          DOCUMENT,
    birthday         DAY,
    job_title        WORDS,
    notes            WORDS,
    status           WORDS,
    source           WORDS,
    tax_number       WORDS,
    marketing_status WORDS,
    engagement_score WHOLE,
    decision_role    WORDS,
    label_ids        DOCUMENT NOT NULL,
    tag_ids          DOCUMENT NOT NULL,
    custom           DOCUMENT NOT NULL,
    added_at         INSTANT NOT NULL,
    added_by         WHOLE,
    updated_at       INSTANT NOT NULL,
    updated_by       WHOLE,
    deleted_at       INSTANT,
    deleted_by       WHOLE,
    version          WHOLE NOT NULL,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, uid),
    FOREIGN KEY (workspace_id, org_id) REFERENCES organizations (workspace_id, id)
) STRICT;
CREATE INDEX persons_by_name ON persons (workspace_id, name_folded, id) WHERE deleted_at IS NULL;
CREATE INDEX persons_by_added ON persons (workspace_id, added_at, id) WHERE deleted_at IS NULL;
CREATE INDEX persons_by_updated ON persons (workspace_id, updated_at, id) WHERE deleted_at IS NULL;
CREATE INDEX persons_by_owner ON persons (workspace_id, owner_id, id) WHERE deleted_at IS NULL;
CREATE INDEX persons_by_organization ON persons (workspace_id, org_id, id) WHERE deleted_at IS NULL;
CREATE INDEX persons_by_email ON persons (workspace_id, email_folded) WHERE deleted_at IS NULL;
CREATE INDEX persons_deleted ON persons (workspace_id, deleted_at) WHERE deleted_at IS NOT NULL;

-- Deals

CREATE TABLE deals (
    workspace_id          WHOLE NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    id                    WHOLE NOT NULL,
    uid                   UID NOT NULL,
    number                WORDS NOT NULL,
    title                 WORDS NOT NULL,
    value_units           WHOLE,
    currency              WORDS NOT NULL,
    pipeline_id           WHOLE NOT NULL,
    stage_id              WHOLE NOT NULL,
    status                WORDS NOT NULL CHECK (status IN ('open', 'won', 'lost')),
    probability_bp        WHOLE CHECK (probability_bp BETWEEN 0 AND 10000),
    priority              WORDS NOT NULL CHECK (priority IN ('low', 'medium', 'high', 'urgent')),
    position_units        WHOLE NOT NULL,
    owner_id              WHOLE,
    assignee_id           WHOLE,
    creator_id            WHOLE,
    person_id             WHOLE,
    org_id                WHOLE,
    expected_close        DAY,
    next_followup_at      INSTANT,
    won_at                INSTANT,
    lost_at               INSTANT,
    closed_at             INSTANT,
    first_won_at          INSTANT,
    stage_changed_at      INSTANT,
    won_reason            WORDS,
    lost_reason           WORDS,
    loss_category         WORDS,
    closure_notes         WORDS,
    competitors           DOCUMENT NOT NULL,
    source                WORDS,
    deal_type             WORDS,
    forecast_category     WORDS,
    description           WORDS,
    label_ids             DOCUMENT NOT NULL,
    tag_ids               DOCUMENT NOT NULL,
    visible_to            WHOLE NOT NULL CHECK (visible_to IN (1, 3, 5, 7)),
    custom                DOCUMENT NOT NULL,
    rfp_id                WORDS,
    links                 DOCUMENT NOT NULL,
    origin                WORDS NOT NULL,
    origin_id             WORDS,
    channel               WHOLE,
    channel_id            WORDS,
    source_lead_id        UID,
    provenance            WORDS NOT NULL,
    source_type           WORDS NOT NULL,
    app_id                WHOLE,
    mrr_units             WHOLE,
    arr_units             WHOLE,
    acv_units             WHOLE,
    products_count        WHOLE NOT NULL,
    files_count           WHOLE NOT NULL,
    notes_count           WHOLE NOT NULL,
    followers_count       WHOLE NOT NULL,
    participants_count    WHOLE NOT NULL,
    activities_count      WHOLE NOT NULL,
    done_activities_count WHOLE NOT NULL,
    mail_count            WHOLE NOT NULL,
    next_activity_id      WHOLE,
    next_activity_on      DAY,
    next_activity_time    WORDS,
    last_activity_id      WHOLE,
    last_activity_on      DAY,
    last_incoming_mail_at INSTANT,
    last_outgoing_mail_at INSTANT,
    touched_at            INSTANT NOT NULL,
    added_at              INSTANT NOT NULL,
    updated_at            INSTANT NOT NULL,
    updated_by            WHOLE,
    archived_at           INSTANT,
    deleted_at            INSTANT,
    deleted_by            WHOLE,
    schema_version        WHOLE NOT NULL,
    version               WHOLE NOT NULL,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, uid),
    UNIQUE (workspace_id, number),
    FOREIGN KEY (workspace_id, pipeline_id) REFERENCES pipelines (workspace_id, id),
    FOREIGN KEY (workspace_id, stage_id) REFERENCES stages (workspace_id, id)
) STRICT;
-- "Live" deals are neither deleted nor archived; that is what lists and boards read.
CREATE INDEX deals_by_added ON deals (workspace_id, added_at, id) WHERE deleted_at IS NULL AND archived_at IS NULL;
CREATE INDEX deals_by_updated ON deals (workspace_id, updated_at, id) WHERE deleted_at IS NULL AND archived_at IS NULL;
CREATE INDEX deals_by_status_added ON deals (workspace_id, status, added_at, id) WHERE deleted_at IS NULL AND archived_at IS NULL;
CREATE INDEX deals_by_stage_added ON deals (workspace_id, stage_id, status, added_at, id) WHERE deleted_at IS NULL AND archived_at IS NULL;
CREATE INDEX deals_by_stage_position ON deals (workspace_id, stage_id, status, position_units, id) WHERE deleted_at IS NULL AND archived_at IS NULL;
-- The order of a board's cards: the most urgent first, of one day the newest first.
CREATE INDEX deals_by_stage_activity ON deals (workspace_id, stage_id, status, next_activity_on, id DESC) WHERE deleted_at IS NULL AND archived_at IS NULL;
CREATE INDEX deals_by_pipeline_added ON deals (workspace_id, pipeline_id, status, added_at, id) WHERE deleted_at IS NULL AND archived_at IS NULL;
-- The same two for deals of every status, which an index with the status before the time cannot put in order.
CREATE INDEX deals_of_stage ON deals (workspace_id, stage_id, added_at, id) WHERE deleted_at IS NULL AND archived_at IS NULL;
CREATE INDEX deals_of_pipeline ON deals (workspace_id, pipeline_id, added_at, id) WHERE deleted_at IS NULL AND archived_at IS NULL;
CREATE INDEX deals_by_owner_added ON deals (workspace_id, owner_id, added_at, id) WHERE deleted_at IS NULL AND archived_at IS NULL;
-- In order of the id, which is how Pipedrive's lists run unless asked otherwise. With a status as well, the planner takes one of
-- two and skips the rest: open deals are few among all, and most stages are passed through. New ids go to the end of each.
CREATE INDEX deals_of_stage_by_id ON deals (workspace_id, stage_id, id) WHERE deleted_at IS NULL AND archived_at IS NULL;
CREATE INDEX deals_of_pipeline_by_id ON deals (workspace_id, pipeline_id, id) WHERE deleted_at IS NULL AND archived_at IS NULL;
CREATE INDEX deals_of_owner_by_id ON deals (workspace_id, owner_id, id) WHERE deleted_at IS NULL AND archived_at IS NULL;
CREATE INDEX deals_of_status_by_id ON deals (workspace_id, status, id) WHERE deleted_at IS NULL AND archived_at IS NULL;
CREATE INDEX deals_by_value ON deals (workspace_id, value_units, id) WHERE deleted_at IS NULL AND archived_at IS NULL;
CREATE INDEX deals_by_expected_close ON deals (workspace_id, expected_close, id) WHERE deleted_at IS NULL AND archived_at IS NULL;
CREATE INDEX deals_by_closed ON deals (workspace_id, closed_at, id) WHERE deleted_at IS NULL AND archived_at IS NULL AND closed_at IS NOT NULL;
CREATE INDEX deals_by_person ON deals (workspace_id, person_id, id) WHERE deleted_at IS NULL;
CREATE INDEX deals_by_organization ON deals (workspace_id, org_id, id) WHERE deleted_at IS NULL;
CREATE INDEX deals_archived ON deals (workspace_id, archived_at, id) WHERE archived_at IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX deals_deleted ON deals (workspace_id, deleted_at, id) WHERE deleted_at IS NOT NULL;

-- The last number given out in DEAL-<year>-<number>.
CREATE TABLE deal_numbers (
    workspace_id WHOLE NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    year         WHOLE NOT NULL,
    last         WHOLE NOT NULL,
    PRIMARY KEY (workspace_id, year)
) STRICT;

-- Everyone on the buying side of a deal, with the part they play; the deal's own person is one of them.
CREATE TABLE deal_contacts (
    workspace_id WHOLE NOT NULL,
    deal_id      WHOLE NOT NULL,
    person_id    WHOLE NOT NULL,
    id           WHOLE NOT NULL,
    role         WORDS,
    added_at     INSTANT NOT NULL,
    added_by     WHOLE,
    PRIMARY KEY (workspace_id, deal_id, person_id),
    UNIQUE (workspace_id, id),
    FOREIGN KEY (workspace_id, deal_id) REFERENCES deals (workspace_id, id) ON DELETE CASCADE,
    FOREIGN KEY (workspace_id, person_id) REFERENCES persons (workspace_id, id) ON DELETE CASCADE
) STRICT;
CREATE INDEX deal_contacts_by_person ON deal_contacts (workspace_id, person_id, deal_id);

CREATE TABLE deal_followers (
    workspace_id WHOLE NOT NULL,
    deal_id      WHOLE NOT NULL,
    user_id      WHOLE NOT NULL,
    added_at     INSTANT NOT NULL,
    added_by     WHOLE,
    PRIMARY KEY (workspace_id, deal_id, user_id),
    FOREIGN KEY (workspace_id, deal_id) REFERENCES deals (workspace_id, id) ON DELETE CASCADE,
    FOREIGN KEY (workspace_id, user_id) REFERENCES users (workspace_id, id) ON DELETE CASCADE
) STRICT;
CREATE INDEX deal_followers_by_user ON deal_followers (workspace_id, user_id, deal_id);

CREATE TABLE leads (
    workspace_id   WHOLE NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    id             WHOLE NOT NULL,
    uid            UID NOT NULL,
    title          WORDS NOT NULL,
    value_units    WHOLE,
    currency       WORDS NOT NULL,
    owner_id       WHOLE,
    creator_id     WHOLE,
    person_id      WHOLE,
    org_id         WHOLE,
    expected_close DAY,
    label_ids      DOCUMENT NOT NULL,
    visible_to     WHOLE NOT NULL,
    was_seen       FLAG NOT NULL,
    origin         WORDS NOT NULL,
    origin_id      WORDS,
    channel        WHOLE,
    channel_id     WORDS,
    source_deal_id WHOLE,
    custom         DOCUMENT NOT NULL,
    added_at       INSTANT NOT NULL,
    updated_at     INSTANT NOT NULL,
    updated_by     WHOLE,
    archived_at    INSTANT,
    deleted_at     INSTANT,
    deleted_by     WHOLE,
    version        WHOLE NOT NULL,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, uid)
) STRICT;
CREATE INDEX leads_by_added ON leads (workspace_id, added_at, id) WHERE deleted_at IS NULL;
CREATE INDEX leads_by_updated ON leads (workspace_id, updated_at, id) WHERE deleted_at IS NULL;
CREATE INDEX leads_deleted ON leads (workspace_id, deleted_at) WHERE deleted_at IS NOT NULL;

-- Products and what a deal sells

CREATE TABLE products (
    workspace_id      WHOLE NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    id                WHOLE NOT NULL,
    uid               UID NOT NULL,
    name              WORDS NOT NULL,
    name_folded       WORDS NOT NULL,
    code              WORDS,
    description       WORDS,
    unit              WORDS,
    tax_units         WHOLE NOT NULL,
    category          WORDS,
    owner_id          WHOLE,
    is_linkable       FLAG NOT NULL,
    visible_to        WHOLE NOT NULL,
    billing_frequency WORDS NOT NULL,
    billing_cycles    WHOLE,
    label_ids         DOCUMENT NOT NULL,
    custom            DOCUMENT NOT NULL,
    added_at          INSTANT NOT NULL,
    added_by          WHOLE,
    updated_at        INSTANT NOT NULL,
    updated_by        WHOLE,
    deleted_at        INSTANT,
    deleted_by        WHOLE,
    version           WHOLE NOT NULL,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, uid)
) STRICT;
CREATE INDEX products_by_name ON products (workspace_id, name_folded, id) WHERE deleted_at IS NULL;
CREATE INDEX products_by_code ON products (workspace_id, code) WHERE deleted_at IS NULL;
CREATE INDEX products_by_updated ON products (workspace_id, updated_at, id) WHERE deleted_at IS NULL;
CREATE INDEX products_deleted ON products (workspace_id, deleted_at) WHERE deleted_at IS NOT NULL;

CREATE TABLE product_variations (
    workspace_id WHOLE NOT NULL,
    id           WHOLE NOT NULL,
    uid          UID NOT NULL,
    product_id   WHOLE NOT NULL,
    name         WORDS NOT NULL,
    added_at     INSTANT NOT NULL,
    updated_at   INSTANT NOT NULL,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, uid),
    FOREIGN KEY (workspace_id, product_id) REFERENCES products (workspace_id, id) ON DELETE CASCADE
) STRICT;
CREATE INDEX product_variations_by_product ON product_variations (workspace_id, product_id, id);

-- variation_id 0 is the product itself.
CREATE TABLE product_prices (
    workspace_id      WHOLE NOT NULL,
    product_id        WHOLE NOT NULL,
    variation_id      WHOLE NOT NULL,
    currency          WORDS NOT NULL,
    price_units       WHOLE NOT NULL,
    cost_units        WHOLE,
    direct_cost_units WHOLE,
    notes             WORDS,
    PRIMARY KEY (workspace_id, product_id, variation_id, currency),
    FOREIGN KEY (workspace_id, product_id) REFERENCES products (workspace_id, id) ON DELETE CASCADE
) STRICT;

CREATE TABLE deal_products (
    workspace_id      WHOLE NOT NULL,
    id                WHOLE NOT NULL,
    uid               UID NOT NULL,
    deal_id           WHOLE NOT NULL,
    product_id        WHOLE,
    variation_id      WHOLE,
    name              WORDS,
    item_price_units  WHOLE NOT NULL,
    quantity_units    WHOLE NOT NULL,
    currency          WORDS NOT NULL,
    discount_units    WHOLE NOT NULL,
    discount_type     WORDS NOT NULL CHECK (discount_type IN ('percentage', 'amount')),
    tax_units         WHOLE NOT NULL,
    tax_method        WORDS NOT NULL CHECK (tax_method IN ('exclusive', 'inclusive', 'none')),
    comments          WORDS NOT NULL,
    is_enabled        FLAG NOT NULL,
    billing_frequency WORDS NOT NULL,
    billing_cycles    WHOLE,
    billing_start     DAY,
    order_nr          WHOLE NOT NULL,
    added_at          INSTANT NOT NULL,
    updated_at        INSTANT NOT NULL,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, uid),
    FOREIGN KEY (workspace_id, deal_id) REFERENCES deals (workspace_id, id) ON DELETE CASCADE
) STRICT;
CREATE INDEX deal_products_by_deal ON deal_products (workspace_id, deal_id, id);
CREATE INDEX deal_products_by_product ON deal_products (workspace_id, product_id, deal_id);

CREATE TABLE deal_discounts (
    workspace_id WHOLE NOT NULL,
    uid          UID NOT NULL,
    deal_id      WHOLE NOT NULL,
    description  WORDS NOT NULL,
    amount_units WHOLE NOT NULL,
    type         WORDS NOT NULL CHECK (type IN ('percentage', 'amount')),
    added_at     INSTANT NOT NULL,
    added_by     WHOLE,
    updated_at   INSTANT NOT NULL,
    updated_by   WHOLE,
    PRIMARY KEY (workspace_id, uid),
    FOREIGN KEY (workspace_id, deal_id) REFERENCES deals (workspace_id, id) ON DELETE CASCADE
) STRICT;
CREATE INDEX deal_discounts_by_deal ON deal_discounts (workspace_id, deal_id, uid);

CREATE TABLE installments (
    workspace_id WHOLE NOT NULL,
    id           WHOLE NOT NULL,
    deal_id      WHOLE NOT NULL,
    description  WORDS NOT NULL,
    amount_units WHOLE NOT NULL,
    billing_on   DAY NOT NULL,
    added_at     INSTANT NOT NULL,
    updated_at   INSTANT NOT NULL,
    PRIMARY KEY (workspace_id, id),
    FOREIGN KEY (workspace_id, deal_id) REFERENCES deals (workspace_id, id) ON DELETE CASCADE
) STRICT;
CREATE INDEX installments_by_deal ON installments (workspace_id, deal_id, id);

-- What happens around a deal

CREATE TABLE activities (
    workspace_id       WHOLE NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    id                 WHOLE NOT NULL,
    uid                UID NOT NULL,
    type               WORDS NOT NULL,
    subject            WORDS NOT NULL,
    note               WORDS,
    public_description WORDS,
    deal_id            WHOLE,
    lead_id            WHOLE,
    person_id          WHOLE,
    org_id             WHOLE,
    owner_id           WHOLE,
    creator_id         WHOLE,
    due_on             DAY,
    due_time           WORDS,
    duration_minutes   WHOLE,
    busy               FLAG NOT NULL,
    status             WORDS NOT NULL CHECK (status IN ('open', 'in_progress', 'completed', 'cancelled', 'no_show')),
    done               FLAG NOT NULL,
    done_at            INSTANT,
    priority           WHOLE,
    location           DOCUMENT,
    participants       DOCUMENT NOT NULL,
    attendees          DOCUMENT NOT NULL,
    added_at           INSTANT NOT NULL,
    updated_at         INSTANT NOT NULL,
    updated_by         WHOLE,
    deleted_at         INSTANT,
    version            WHOLE NOT NULL,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, uid),
    FOREIGN KEY (workspace_id, deal_id) REFERENCES deals (workspace_id, id) ON DELETE CASCADE
) STRICT;
CREATE INDEX activities_by_deal ON activities (workspace_id, deal_id, id) WHERE deleted_at IS NULL;
CREATE INDEX activities_by_person ON activities (workspace_id, person_id, id) WHERE deleted_at IS NULL;
CREATE INDEX activities_by_organization ON activities (workspace_id, org_id, id) WHERE deleted_at IS NULL;
CREATE INDEX activities_by_lead ON activities (workspace_id, lead_id, id) WHERE lead_id IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX activities_by_owner_due ON activities (workspace_id, owner_id, done, due_on, id) WHERE deleted_at IS NULL;
CREATE INDEX activities_by_due ON activities (workspace_id, done, due_on, id) WHERE deleted_at IS NULL;
CREATE INDEX activities_by_added ON activities (workspace_id, added_at, id) WHERE deleted_at IS NULL;
CREATE INDEX activities_by_updated ON activities (workspace_id, updated_at, id) WHERE deleted_at IS NULL;

CREATE TABLE notes (
    workspace_id       WHOLE NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    id                 WHOLE NOT NULL,
    uid                UID NOT NULL,
    content            WORDS NOT NULL,
    deal_id            WHOLE,
    lead_id            WHOLE,
    person_id          WHOLE,
    org_id             WHOLE,
    user_id            WHOLE,
    pinned_to_deal     FLAG NOT NULL,
    pinned_to_lead     FLAG NOT NULL,
    pinned_to_person   FLAG NOT NULL,
    pinned_to_org      FLAG NOT NULL,
    added_at           INSTANT NOT NULL,
    updated_at         INSTANT NOT NULL,
    updated_by         WHOLE,
    deleted_at         INSTANT,
    version            WHOLE NOT NULL,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, uid),
    FOREIGN KEY (workspace_id, deal_id) REFERENCES deals (workspace_id, id) ON DELETE CASCADE
) STRICT;
CREATE INDEX notes_by_deal ON notes (workspace_id, deal_id, id) WHERE deleted_at IS NULL;
CREATE INDEX notes_by_person ON notes (workspace_id, person_id, id) WHERE deleted_at IS NULL;
CREATE INDEX notes_by_organization ON notes (workspace_id, org_id, id) WHERE deleted_at IS NULL;
CREATE INDEX notes_by_lead ON notes (workspace_id, lead_id, id) WHERE lead_id IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX notes_by_added ON notes (workspace_id, added_at, id) WHERE deleted_at IS NULL;

-- storage_key is ours ("local/…") or one that a client named ("s3/…"): the latter is kept and never opened.
CREATE TABLE files (
    workspace_id    WHOLE NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    id              WHOLE NOT NULL,
    uid             UID NOT NULL,
    name            WORDS NOT NULL,
    description     WORDS,
    content_type    WORDS NOT NULL,
    size_bytes      WHOLE NOT NULL,
    sha256          WORDS,
    storage_key     WORDS NOT NULL,
    remote_location WORDS,
    deal_id         WHOLE,
    lead_id         WHOLE,
    person_id       WHOLE,
    org_id          WHOLE,
    product_id      WHOLE,
    activity_id     WHOLE,
    user_id         WHOLE,
    added_at        INSTANT NOT NULL,
    updated_at      INSTANT NOT NULL,
    updated_by      WHOLE,
    deleted_at      INSTANT,
    version         WHOLE NOT NULL,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, uid),
    FOREIGN KEY (workspace_id, deal_id) REFERENCES deals (workspace_id, id) ON DELETE CASCADE
) STRICT;
CREATE INDEX files_by_deal ON files (workspace_id, deal_id, id) WHERE deleted_at IS NULL;
CREATE INDEX files_by_lead ON files (workspace_id, lead_id, id) WHERE lead_id IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX files_by_person ON files (workspace_id, person_id, id) WHERE person_id IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX files_by_organization ON files (workspace_id, org_id, id) WHERE org_id IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX files_by_storage_key ON files (workspace_id, storage_key);
CREATE INDEX files_by_added ON files (workspace_id, added_at, id) WHERE deleted_at IS NULL;

-- parties: {"from":[{"email":"…","name":"…","person_id":1}],"to":[…],"cc":[…],"bcc":[…]}
CREATE TABLE mail_messages (
    workspace_id    WHOLE NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    id              WHOLE NOT NULL,
    uid             UID NOT NULL,
    thread_id       WHOLE NOT NULL,
    direction       WORDS NOT NULL CHECK (direction IN ('incoming', 'outgoing')),
    subject         WORDS NOT NULL,
    snippet         WORDS NOT NULL,
    body            WORDS,
    parties         DOCUMENT NOT NULL,
    deal_id         WHOLE,
    lead_id         WHOLE,
    user_id         WHOLE,
    is_read         FLAG NOT NULL,
    is_draft        FLAG NOT NULL,
    has_attachments FLAG NOT NULL,
    message_at      INSTANT NOT NULL,
    added_at        INSTANT NOT NULL,
    updated_at      INSTANT NOT NULL,
    updated_by      WHOLE,
    deleted_at      INSTANT,
    version         WHOLE NOT NULL,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, uid),
    FOREIGN KEY (workspace_id, deal_id) REFERENCES deals (workspace_id, id) ON DELETE CASCADE
) STRICT;
CREATE INDEX mail_messages_by_deal ON mail_messages (workspace_id, deal_id, id) WHERE deleted_at IS NULL;
CREATE INDEX mail_messages_by_lead ON mail_messages (workspace_id, lead_id, id) WHERE lead_id IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX mail_messages_by_thread ON mail_messages (workspace_id, thread_id, id) WHERE deleted_at IS NULL;

-- The log. Append-only; the only history (docs/architecture.md, "One log").
-- changes: [{"field":"stage_id","old":1,"new":2}]. from_/to_ columns repeat nothing: they are where stage and status changes live.
CREATE TABLE events (
    workspace_id  WHOLE NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    id            WHOLE NOT NULL,
    tx            WHOLE NOT NULL,
    uid           UID NOT NULL,
    at            INSTANT NOT NULL,
    subject       WORDS NOT NULL,
    subject_id    WHOLE NOT NULL,
    action        WORDS NOT NULL,
    deal_id       WHOLE,
    from_stage_id WHOLE,
    to_stage_id   WHOLE,
    from_status   WORDS,
    to_status     WORDS,
    changes       DOCUMENT NOT NULL,
    note          WORDS,
    actor_id      WHOLE,
    dialect       WORDS NOT NULL,
    app_id        WHOLE,
    key_id        WHOLE,
    user_agent    WORDS,
    is_bulk       FLAG NOT NULL,
    is_quiet_move FLAG NOT NULL,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, uid)
) STRICT;
CREATE INDEX events_in_order ON events (workspace_id, tx, id);
CREATE INDEX events_by_subject ON events (workspace_id, subject, subject_id, id);
CREATE INDEX events_by_deal ON events (workspace_id, deal_id, id) WHERE deal_id IS NOT NULL;
CREATE INDEX events_of_stages ON events (workspace_id, to_stage_id, at, id) WHERE to_stage_id IS NOT NULL;
CREATE INDEX events_by_time ON events (workspace_id, at, id);

-- How far each reader of the log has come.
CREATE TABLE log_positions (
    workspace_id WHOLE NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    reader       WORDS NOT NULL,
    tx           WHOLE NOT NULL,
    event_id     WHOLE NOT NULL,
    updated_at   INSTANT NOT NULL,
    PRIMARY KEY (workspace_id, reader)
) STRICT;

-- Totals kept with the writes (Totals/TotalsRules.cs says how; `tributary verify` recounts them).
-- shard spreads concurrent writers over rows; readers sum over it.
CREATE TABLE deal_totals (
    workspace_id    WHOLE NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    pipeline_id     WHOLE NOT NULL,
    stage_id        WHOLE NOT NULL,
    status          WORDS NOT NULL,
    owner_id        WHOLE NOT NULL,
    visible_to      WHOLE NOT NULL,
    archived        FLAG NOT NULL,
    currency        WORDS NOT NULL,
    shard           WHOLE NOT NULL,
    deals           WHOLE NOT NULL,
    value_units     WHOLE NOT NULL,
    weighted_units  WHOLE NOT NULL,
    inherited_units WHOLE NOT NULL,
    PRIMARY KEY (workspace_id, pipeline_id, stage_id, status, owner_id, visible_to, archived, currency, shard)
) STRICT;

-- How many open live deals of a stage have their next activity on a day ('due') or were last touched on a day ('touched').
CREATE TABLE deal_day_totals (
    workspace_id WHOLE NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    pipeline_id  WHOLE NOT NULL,
    stage_id     WHOLE NOT NULL,
    kind         WORDS NOT NULL CHECK (kind IN ('due', 'touched')),
    day          DAY NOT NULL,
    shard        WHOLE NOT NULL,
    deals        WHOLE NOT NULL,
    PRIMARY KEY (workspace_id, pipeline_id, stage_id, kind, day, shard)
) STRICT;

-- Where a record came from, so that an import run twice finds it again.
CREATE TABLE external_ids (
    workspace_id WHOLE NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    subject      WORDS NOT NULL,
    source       WORDS NOT NULL,
    external_id  WORDS NOT NULL,
    subject_id   WHOLE NOT NULL,
    PRIMARY KEY (workspace_id, subject, source, external_id)
) STRICT;
CREATE INDEX external_ids_by_subject ON external_ids (workspace_id, subject, subject_id);

-- How far an import is: written with the rows of each of its units of work, so that both are true or neither.
CREATE TABLE imports (
    workspace_id WHOLE NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    key          WORDS NOT NULL,
    state        DOCUMENT NOT NULL,
    updated_at   INSTANT NOT NULL,
    PRIMARY KEY (workspace_id, key)
) STRICT;

-- Work that outlives a request.
CREATE TABLE jobs (
    workspace_id WHOLE NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    id           WHOLE NOT NULL,
    uid          UID NOT NULL,
    kind         WORDS NOT NULL,
    state        WORDS NOT NULL CHECK (state IN ('waiting', 'running', 'completed', 'failed', 'rejected')),
    subject_id   WHOLE,
    payload      DOCUMENT NOT NULL,
    result       DOCUMENT,
    done         WHOLE NOT NULL,
    total        WHOLE,
    attempts     WHOLE NOT NULL,
    run_after    INSTANT NOT NULL,
    locked_until INSTANT,
    added_at     INSTANT NOT NULL,
    added_by     WHOLE,
    updated_at   INSTANT NOT NULL,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, uid)
) STRICT;
CREATE INDEX jobs_waiting ON jobs (workspace_id, kind, run_after, id) WHERE state IN ('waiting', 'running');

-- Folded text for substring search. One row per searchable value: field 'title', 'notes', 'custom', 'name', 'email', 'phone', 'code', 'number', 'description'.
-- subject_id is what a hit shows (the deal); source_id tells two values of one field apart (the note, the custom field).
-- [sqlite]
-- doc_id is the rowid that the trigram index refers to; it must be a declared key, or VACUUM would renumber it.
CREATE TABLE search_docs (
    doc_id       INTEGER PRIMARY KEY AUTOINCREMENT,
    workspace_id INTEGER NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    subject      TEXT NOT NULL,
    subject_id   INTEGER NOT NULL,
    field        TEXT NOT NULL,
    source_id    INTEGER NOT NULL,
    text         TEXT NOT NULL,
    UNIQUE (workspace_id, subject, subject_id, field, source_id)
) STRICT;
CREATE VIRTUAL TABLE search_trigrams USING fts5 (text, content = 'search_docs', content_rowid = 'doc_id', tokenize = 'trigram');
CREATE TRIGGER search_docs_added AFTER INSERT ON search_docs BEGIN
    INSERT INTO search_trigrams (rowid, text) VALUES (new.doc_id, new.text);
END;
CREATE TRIGGER search_docs_removed AFTER DELETE ON search_docs BEGIN
    INSERT INTO search_trigrams (search_trigrams, rowid, text) VALUES ('delete', old.doc_id, old.text);
END;
CREATE TRIGGER search_docs_changed AFTER UPDATE OF text ON search_docs BEGIN
    INSERT INTO search_trigrams (search_trigrams, rowid, text) VALUES ('delete', old.doc_id, old.text);
    INSERT INTO search_trigrams (rowid, text) VALUES (new.doc_id, new.text);
END;
-- [postgres]
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gin;
CREATE TABLE search_docs (
    workspace_id BIGINT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    subject      TEXT COLLATE "C" NOT NULL,
    subject_id   BIGINT NOT NULL,
    field        TEXT COLLATE "C" NOT NULL,
    source_id    BIGINT NOT NULL,
    text         TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (workspace_id, subject, subject_id, field, source_id)
);
CREATE INDEX search_docs_trigrams ON search_docs USING gin (workspace_id, text gin_trgm_ops);

CREATE SEQUENCE workspace_ids;
CREATE SEQUENCE user_ids;
CREATE SEQUENCE group_ids;
CREATE SEQUENCE app_ids;
CREATE SEQUENCE key_ids;
CREATE SEQUENCE currency_ids;
CREATE SEQUENCE pipeline_ids;
CREATE SEQUENCE stage_ids;
CREATE SEQUENCE label_ids;
CREATE SEQUENCE tag_ids;
CREATE SEQUENCE lost_reason_ids;
CREATE SEQUENCE activity_type_ids;
CREATE SEQUENCE field_ids;
CREATE SEQUENCE option_ids;
CREATE SEQUENCE filter_ids;
CREATE SEQUENCE contact_ids;
CREATE SEQUENCE deal_ids;
CREATE SEQUENCE deal_contact_ids;
CREATE SEQUENCE lead_ids;
CREATE SEQUENCE product_ids;
CREATE SEQUENCE variation_ids;
CREATE SEQUENCE deal_product_ids;
CREATE SEQUENCE installment_ids;
CREATE SEQUENCE activity_ids;
CREATE SEQUENCE note_ids;
CREATE SEQUENCE file_ids;
CREATE SEQUENCE mail_ids;
CREATE SEQUENCE event_ids;
CREATE SEQUENCE job_ids;

-- The second wall: a statement sees the rows of the workspace its transaction named, whatever its WHERE says.
-- '*' is named only by the code that works across workspaces (Db.ReadEverywhere, Db.WriteEverywhere).
-- Not on the directory, which is read to learn the workspace, and not on search_docs: LIKE is not leakproof, so under a policy
-- PostgreSQL would not use the trigram index. What a search finds is then read from tables that have the wall.
DO $$
DECLARE t TEXT;
BEGIN
    FOR t IN SELECT table_name FROM information_schema.columns
             WHERE table_schema = current_schema() AND column_name = 'workspace_id' AND table_name NOT IN ('directory', 'search_docs')
    LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
        EXECUTE format('CREATE POLICY own_workspace ON %I USING (workspace_id = CAST(NULLIF(NULLIF(current_setting(''tributary.workspace'', TRUE), ''*''), '''') AS BIGINT)
            OR current_setting(''tributary.workspace'', TRUE) = ''*'')', t);
    END LOOP;
END $$;
