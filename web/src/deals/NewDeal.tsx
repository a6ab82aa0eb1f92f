import { Modal } from '@mantine/core';
import type { Beginning } from '../app/create';

export default function NewDeal({ onClose }: { beginning: Beginning; onClose: () => void }) {
  return (
    <Modal opened onClose={onClose} title="New deal" closeButtonProps={{ 'aria-label': 'Close' }}>
      This form is on its way.
    </Modal>
  );
}
