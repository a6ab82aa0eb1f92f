import { Alert, Button, Group, Select, Stack, Stepper, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { useIsPhone } from '../app/Shell';
import { useSession } from '../session/useSession';
import { preview as askPreview, type Preview, start } from './imports';
import { MapStep } from './MapStep';
import { hopeful, type Mapping } from './mapping';
import { PolicyStep } from './PolicyStep';
import { PreviewStep } from './PreviewStep';
import { RecentImports } from './RecentImports';
import { type Source, SourceStep } from './SourceStep';

const steps = [
  { label: 'Source', description: 'Which file' },
  { label: 'Columns', description: 'What becomes what' },
  { label: 'Duplicates', description: 'And what is missing' },
  { label: 'Preview', description: 'The first 20 rows' },
];

type Given = { file: File; sheet: string | null; preview: Preview; mapping: Mapping };

/** Source, mapping, policies, preview; then it runs, and may be left alone. */
export const Wizard = () => {
  const navigate = useNavigate();
  const isPhone = useIsPhone();
  const { isAdmin, mayManage } = useSession();
  const [step, setStep] = useState(0);
  const [source, setSource] = useState<Source>({ name: 'csv', kind: null });
  const [given, setGiven] = useState<Given | null>(null);

  // What had the focus is gone with its step: whoever has no mouse goes on where the next one begins.
  const here = useRef<HTMLDivElement>(null);
  const before = useRef(step);
  useEffect(() => {
    if (before.current !== step) here.current?.focus();
    before.current = step;
  }, [step]);

  const open = useMutation({
    mutationFn: async ({ file, sheet }: { file: File; sheet: string | null }) => ({
      file,
      sheet,
      preview: await askPreview(file, { kind: source.kind, source: source.name, sheet }),
    }),
    onSuccess: ({ file, sheet, preview }) => {
      setGiven({
        file,
        sheet: sheet ?? preview.sheets[0] ?? null,
        preview,
        mapping: hopeful(preview.mapping, { manage: mayManage, administer: isAdmin }),
      });
      setStep(1);
    },
  });
  const look = useMutation({
    mutationFn: (now: Given) => askPreview(now.file, { mapping: now.mapping, sheet: now.sheet }),
    onSuccess: preview => {
      setGiven(now => now && { ...now, preview });
      setStep(3);
    },
  });
  const run = useMutation({
    mutationFn: ({ now, dryRun }: { now: Given; dryRun: boolean }) => start(now.file, { mapping: now.mapping, sheet: now.sheet, dryRun }),
    onSuccess: begun => navigate(`/import/${begun.uid}`),
  });
  const error = look.error ?? run.error ?? (step > 0 ? open.error : null);
  const setMapping = (mapping: Mapping) => setGiven(now => now && { ...now, mapping });
  const next = () => (step === 2 && given ? look.mutate(given) : setStep(step + 1));

  return (
    <Stack>
      {source.name !== 'account' && (
        <Stepper
          active={step}
          onStepClick={to => to < step && setStep(to)}
          allowNextStepsSelect={false}
          size="sm"
          iconSize={isPhone ? 44 : 30}
          wrap={!isPhone}
        >
          {steps.map(one => (
            <Stepper.Step key={one.label} {...(isPhone ? { 'aria-label': one.label } : one)} />
          ))}
        </Stepper>
      )}
      {source.name !== 'account' && isPhone && (
        <Text size="sm">
          Step {step + 1} of {steps.length}: <strong>{steps[step]!.label}</strong>
        </Text>
      )}
      <div ref={here} tabIndex={-1} role="group" aria-label={steps[step]!.label} style={{ outline: 'none' }}>
        <Stack>
          {step === 0 && (
            <>
              <SourceStep
                source={source}
                onSource={setSource}
                onFile={file => open.mutate({ file, sheet: null })}
                isBusy={open.isPending}
                error={open.error}
              />
              <RecentImports />
            </>
          )}
          {step === 1 && given && given.preview.sheets.length > 1 && (
            <Select
              label="Sheet"
              data={given.preview.sheets}
              value={given.sheet}
              allowDeselect={false}
              disabled={open.isPending}
              onChange={sheet => sheet && open.mutate({ file: given.file, sheet })}
              maw={320}
            />
          )}
          {step === 1 && given && <MapStep preview={given.preview} mapping={given.mapping} source={source.name} onMapping={setMapping} />}
          {step === 2 && given && <PolicyStep mapping={given.mapping} onMapping={setMapping} />}
          {step === 3 && given && <PreviewStep preview={given.preview} />}
          {error && (
            <Alert color="red.8" title="Not like this">
              {'errors' in error && (error.errors as { message: string }[]).length > 0
                ? (error.errors as { message: string }[]).map(one => one.message).join(' ')
                : error.message}
            </Alert>
          )}
          {step > 0 && given && (
            <Group>
              <Button variant="default" onClick={() => setStep(step - 1)}>
                Back
              </Button>
              {step < 3 ? (
                <Button onClick={next} loading={look.isPending}>
                  {step === 2 ? 'Preview' : 'Next'}
                </Button>
              ) : (
                <>
                  <Button
                    variant="default"
                    loading={run.isPending && run.variables.dryRun}
                    onClick={() => run.mutate({ now: given, dryRun: true })}
                  >
                    Try it without writing
                  </Button>
                  <Button loading={run.isPending && !run.variables.dryRun} onClick={() => run.mutate({ now: given, dryRun: false })}>
                    Import {given.file.name}
                  </Button>
                </>
              )}
            </Group>
          )}
        </Stack>
      </div>
    </Stack>
  );
};
