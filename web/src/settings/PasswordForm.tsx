import { PasswordInput, Text } from '@mantine/core';
import { useState } from 'react';
import { api, ask } from '../api/client';
import type { User } from '../api/types';
import { FormModal } from '../ui/FormModal';

/** Sets the password of somebody else. */
export const PasswordForm = ({ user, onClose }: { user: User; onClose: () => void }) => {
  const [password, setPassword] = useState('');
  return (
    <FormModal
      title={`Set the password of ${user.name}`}
      keys={['sessions']}
      done="Password set."
      onClose={onClose}
      onSubmit={() => ask(api.PUT('/api/v1/users/{id}/password', { params: { path: { id: user.id } }, body: { password } }))}
    >
      {errors => (
        <>
          <Text size="sm">They are signed out everywhere.</Text>
          <PasswordInput
            label="New password"
            description="10 characters or more"
            required
            autoComplete="new-password"
            value={password}
            error={errors.password}
            onChange={event => setPassword(event.currentTarget.value)}
          />
        </>
      )}
    </FormModal>
  );
};
