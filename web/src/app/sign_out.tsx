import { useMutation, useQueryClient } from '@tanstack/react-query';

import { api, unwrap } from '@/lib/api';
import { accountQuery } from '@/lib/queries';
import { noteSession } from '@/lib/session';
import { m } from '@/messages';

export function useSignOut(done?: () => void, failed?: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async () => unwrap(await api.POST('/api/v1/auth/sign-out')),
    onSuccess: () => {
      noteSession(false);
      client.setQueryData(accountQuery.queryKey, null);
      done?.();
    },
    ...(failed && { onError: failed }),
  });
}

export function SignOut() {
  const out = useSignOut();
  return (
    <li>
      <button type="button" className="link-button" aria-disabled={out.isPending} onClick={() => !out.isPending && out.mutate()}>
        {out.isError ? m.nav.signOutAgain : m.nav.signOut}
      </button>
    </li>
  );
}
