import { Empty } from '../ui/states';

export default function ForecastScreen() {
  return <Empty title="Forecast">This screen is on its way.</Empty>;
}
