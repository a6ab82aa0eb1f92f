import { Anchor, Button, Group, Menu, Text, Title } from '@mantine/core';
import { IconArrowsJoin, IconBuilding, IconLink, IconPlus, IconTrash, IconUser } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { useCreate } from '../app/create';
import { FollowBell } from '../side/FollowBell';
import { LabelBadges } from '../side/LabelBadges';
import { MoreMenu } from '../ui/MoreMenu';
import { notifyDone, notifyError } from '../ui/notify';
import classes from './Contacts.module.css';
import { type Contact, type Kind, kinds } from './kinds';
import { MergeWith } from './MergeWith';

/** Who it is, and what can be done with them as a whole. */
export const ContactHead = ({ kind, contact }: { kind: Kind; contact: Contact }) => {
  const { id, name } = contact;
  const navigate = useNavigate();
  const create = useCreate();
  const queries = useQueryClient();
  const [isMerging, setMerging] = useState(false);
  const verbs = kinds[kind];
  const link = kind === 'person' ? { person_id: id } : { org_id: id };
  const Icon = kind === 'person' ? IconUser : IconBuilding;
  const remove = async () => {
    await verbs.remove(id);
    navigate(verbs.list);
    for (const root of ['persons', 'organizations']) void queries.invalidateQueries({ queryKey: [root] });
    notifyDone(`“${name}” deleted. It is kept for 30 days.`, () => verbs.restore(id).then(() => navigate(`${verbs.list}/${id}`)));
  };
  const copy = () => navigator.clipboard.writeText(location.href).then(() => notifyDone('Link copied.'), notifyError);
  return (
    <header className={classes.top}>
      <span className={classes.face} aria-hidden>
        <Icon size={24} stroke={1.6} />
      </span>
      <div className={classes.title}>
        <Anchor component={Link} to={verbs.list} size="sm">
          {kind === 'person' ? 'Persons' : 'Organizations'}
        </Anchor>
        <Title order={1} size="h2" lineClamp={4} style={{ overflowWrap: 'anywhere' }}>
          <bdi>{name}</bdi>
        </Title>
        <About contact={contact} />
        {contact.label_ids.length > 0 && <LabelBadges ids={contact.label_ids} />}
      </div>
      <Group gap="xs" className={classes.acts}>
        <FollowBell subject={kind} id={id} />
        <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => create('deal', link)}>
          Deal
        </Button>
        <Button variant="default" leftSection={<IconPlus size={16} aria-hidden />} onClick={() => create('activity', link)}>
          Activity
        </Button>
        <MoreMenu>
          <Menu.Item leftSection={<IconLink size={15} aria-hidden />} onClick={copy}>
            Copy link
          </Menu.Item>
          <Menu.Item leftSection={<IconArrowsJoin size={15} aria-hidden />} onClick={() => setMerging(true)}>
            Merge…
          </Menu.Item>
          <Menu.Item leftSection={<IconTrash size={15} aria-hidden />} onClick={() => remove().catch(notifyError)}>
            Delete
          </Menu.Item>
        </MoreMenu>
      </Group>
      {isMerging && <MergeWith kind={kind} contact={contact} onClose={() => setMerging(false)} />}
    </header>
  );
};

/** What they do and where, in a line. */
const About = ({ contact }: { contact: Contact }) => {
  if (!('emails' in contact)) return contact.industry ? <Text c="dimmed">{contact.industry}</Text> : null;
  const { job_title, organization } = contact;
  if (!job_title && !organization) return null;
  return (
    <Text c="dimmed" size="sm" style={{ overflowWrap: 'anywhere' }}>
      <bdi>{job_title}</bdi>
      {job_title && organization && ' · '}
      {organization && (
        <Anchor component={Link} to={`/contacts/organizations/${organization.id}`} size="sm">
          <bdi>{organization.name}</bdi>
        </Anchor>
      )}
    </Text>
  );
};
