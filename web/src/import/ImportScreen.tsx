import { Title } from '@mantine/core';
import { Route, Routes } from 'react-router';
import { RunScreen } from './RunScreen';
import { Wizard } from './Wizard';

/** Brings records of other systems in. */
export default function ImportScreen() {
  return (
    <div style={{ padding: 16 }}>
      <Title order={1} size="h2" mb="md">
        Import
      </Title>
      <Routes>
        <Route index element={<Wizard />} />
        <Route path=":uid" element={<RunScreen />} />
      </Routes>
    </div>
  );
}
