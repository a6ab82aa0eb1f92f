import { Modal as Frame, type ModalProps } from '@mantine/core';
import { useFocusBack } from './useFocusBack';

/**
 * A dialog that is there while it is open. Its end gives the focus back to where it came from, which the library does only for
 * dialogs that stay mounted.
 */
export const Modal = (props: ModalProps) => {
  useFocusBack();
  return <Frame closeButtonProps={{ 'aria-label': 'Close' }} {...props} />;
};
