import { useSession } from '../session/useSession';
import { formatterOf } from './format';

/** The formats of who is signed in. The workspace's time zone decides which day today is, as it does on the server. */
export const useFormat = () => {
  const { user, workspace } = useSession();
  const locale =
    user.locale === 'en' && typeof navigator !== 'undefined' && navigator.language.startsWith('en') ? navigator.language : user.locale;
  return formatterOf(locale, workspace.time_zone);
};
