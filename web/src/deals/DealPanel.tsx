export default function DealPanel(_: { id: number; onClose: () => void }) {
  return null;
}
