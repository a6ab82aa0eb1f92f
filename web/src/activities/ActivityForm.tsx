import { Button, Group, NumberInput, Stack, Textarea, TextInput } from '@mantine/core';
import { DateInput, TimeInput } from '@mantine/dates';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useCatalog } from '../api/catalog';
import { api, ask } from '../api/client';
import { fieldErrors } from '../api/problem';
import type { Activity } from '../api/types';
import type { Beginning } from '../app/create';
import { History } from '../past/History';
import { ActivityTypePicker, UserPicker } from '../pickers/pickers';
import { RecordPicker } from '../pickers/RecordPicker';
import { useSession } from '../session/useSession';
import { firstDayOfWeek } from '../ui/format';
import { htmlToText, textToHtml } from '../ui/html';
import { Modal } from '../ui/Modal';
import { notifyDone, notifyError } from '../ui/notify';
import { useFormat } from '../ui/useFormat';
import classes from './Activities.module.css';
import { refresh, removeActivity } from './changes';
import { usePicked } from './usePicked';

type Props = { activity?: Activity; beginning?: Beginning; onClose: () => void };

/** A new activity, or one that is there. */
export const ActivityForm = ({ activity, beginning = {}, onClose }: Props) => {
  const { user } = useSession();
  const catalog = useCatalog();
  const format = useFormat();
  const queries = useQueryClient();
  const [type, setType] = useState(activity?.type ?? beginning.type ?? catalog.activityTypes[0]?.key ?? 'call');
  const [subject, setSubject] = useState(activity?.subject ?? beginning.title ?? '');
  const [day, setDay] = useState<string | null>(activity ? activity.due_on : (beginning.due_on ?? format.today()));
  const [time, setTime] = useState(activity?.due_time ?? '');
  const [minutes, setMinutes] = useState<number | ''>(activity?.duration_minutes ?? '');
  const [note, setNote] = useState(htmlToText(activity?.note ?? ''));
  const [owner, setOwner] = useState<number | null>(activity?.owner_id ?? user.id);
  const [deal, setDeal] = usePicked(activity?.deal_id ?? beginning.deal_id, 'deal');
  const [person, setPerson] = usePicked(activity?.person_id ?? beginning.person_id, 'person');
  const [organization, setOrganization] = usePicked(activity?.org_id ?? beginning.org_id, 'organization');

  const [isShown, setShown] = useState(false);

  const save = useMutation({
    mutationFn: () => {
      const body = {
        type,
        subject: subject.trim() || (catalog.activityTypes.find(one => one.key === type)?.name ?? type),
        due_on: day,
        due_time: time || null,
        duration_minutes: minutes === '' ? null : minutes,
        // Its markup stays while its words do.
        note: note === htmlToText(activity?.note ?? '') ? (activity?.note ?? null) : note.trim() ? textToHtml(note) : null,
        owner_id: owner,
        deal_id: deal?.id ?? null,
        person_id: person?.id ?? null,
        org_id: organization?.id ?? null,
      };
      return activity
        ? ask(api.PATCH('/api/v1/activities/{id}', { params: { path: { id: activity.id } }, body }))
        : ask(api.POST('/api/v1/activities', { body }));
    },
    onSuccess: saved => {
      refresh(queries);
      notifyDone(activity ? `“${saved.subject}” saved.` : `“${saved.subject}” planned.`);
      onClose();
    },
  });
  const { errors, general } = fieldErrors(save.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };

  return (
    <Modal opened onClose={onClose} title={activity ? 'Activity' : 'New activity'} size="lg">
      <form onSubmit={submit}>
        <Stack>
          <Group grow align="flex-start">
            <ActivityTypePicker label="Type" value={type} onChange={key => key && setType(key)} error={errors.type} />
            <UserPicker label="Owner" value={owner} onChange={setOwner} error={errors.owner_id} />
          </Group>
          <TextInput
            label="Subject"
            data-autofocus
            value={subject}
            onChange={event => setSubject(event.currentTarget.value)}
            error={errors.subject ?? general}
            placeholder={catalog.activityTypes.find(one => one.key === type)?.name}
          />
          <Group grow align="flex-start">
            <DateInput
              label="Due"
              clearable
              firstDayOfWeek={firstDayOfWeek(format.locale)}
              valueFormat="YYYY-MM-DD"
              value={day}
              onChange={setDay}
              error={errors.due_on}
            />
            <TimeInput label="At" value={time} onChange={event => setTime(event.currentTarget.value)} error={errors.due_time} />
            <NumberInput
              label="Minutes"
              min={0}
              max={6000}
              step={15}
              value={minutes}
              onChange={next => setMinutes(typeof next === 'number' ? next : '')}
              error={errors.duration_minutes}
            />
          </Group>
          <RecordPicker kind="deal" label="Deal" value={deal} onChange={setDeal} error={errors.deal_id} />
          <Group grow align="flex-start">
            <RecordPicker kind="person" label="Person" value={person} onChange={setPerson} error={errors.person_id} />
            <RecordPicker kind="organization" label="Organization" value={organization} onChange={setOrganization} error={errors.org_id} />
          </Group>
          <Textarea
            label="Note"
            autosize
            minRows={2}
            value={note}
            onChange={event => setNote(event.currentTarget.value)}
            error={errors.note}
          />
          <Group justify="space-between">
            {activity ? (
              <Button variant="default" onClick={() => removeActivity(queries, activity).then(onClose, notifyError)}>
                Delete
              </Button>
            ) : (
              <span />
            )}
            <Group>
              <Button variant="default" onClick={onClose}>
                Cancel
              </Button>
              <Button type="submit" loading={save.isPending}>
                {activity ? 'Save' : 'Plan it'}
              </Button>
            </Group>
          </Group>
        </Stack>
      </form>
      {activity && (
        <details className={classes.past} onToggle={event => setShown(event.currentTarget.open)}>
          <summary>History</summary>
          {isShown && <History of="activity" id={activity.id} />}
        </details>
      )}
    </Modal>
  );
};
