/**
 * A search whose text lives in the page's address. The field keeps what is typed itself, since an address
 * changes a moment later and would take letters back from a quick writer.
 */
import { CloseButton, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';

type SearchFieldProps = {
  label: string;
  clearLabel: string;
  /** What the address says. */
  value: string;
  onSearch: (text: string) => void;
};

export function SearchField({ label, clearLabel, value, onSearch }: SearchFieldProps) {
  const [text, setText] = useState(value);
  const [sent, setSent] = useState(value);
  const [seen, setSeen] = useState(value);

  // The address was changed by something else: a link, the browser's back, a button.
  if (value !== seen) {
    setSeen(value);
    if (value !== sent) {
      setText(value);
      setSent(value);
    }
  }

  function search(wanted: string) {
    setText(wanted);
    setSent(wanted);
    onSearch(wanted);
  }

  return (
    <TextInput
      type="search"
      aria-label={label}
      placeholder={label}
      value={text}
      onChange={(event) => search(event.currentTarget.value)}
      leftSection={<IconSearch size={17} aria-hidden />}
      rightSection={
        text !== '' && <CloseButton aria-label={clearLabel} onClick={() => search('')} />
      }
      w={{ base: '100%', xs: 280 }}
    />
  );
}
