package sync

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

// Entry is a line of the history: a change, and when a sync saw it.
type Entry struct {
	Time time.Time `json:"time"`
	Change
}

// AppendHistory returns the history with the changes at its end, a JSON object a line,
// oldest first.
func AppendHistory(history []byte, now time.Time, changes []Change) ([]byte, error) {
	b := bytes.NewBuffer(bytes.Clone(history))
	if n := b.Len(); n > 0 && history[n-1] != '\n' {
		b.WriteByte('\n')
	}
	for _, c := range changes {
		line, err := json.Marshal(Entry{Time: now.UTC().Truncate(time.Second), Change: c})
		if err != nil {
			return nil, err
		}
		b.Write(append(line, '\n'))
	}
	return b.Bytes(), nil
}

// ReadHistory reads a history that is named name in errors.
func ReadHistory(name string, data []byte) ([]Entry, error) {
	var out []Entry
	n := 0
	for line := range bytes.Lines(data) {
		n++
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		var e Entry
		d := json.NewDecoder(bytes.NewReader(line))
		d.DisallowUnknownFields()
		if err := d.Decode(&e); err != nil {
			return nil, fmt.Errorf("%s:%d: is no line of the history (remove it, or restore the file): %w", name, n, jsonCause(err))
		}
		out = append(out, e)
	}
	return out, nil
}

// jsonCause is what is wrong with JSON, without its values.
func jsonCause(err error) error {
	if te := (*json.UnmarshalTypeError)(nil); errors.As(err, &te) {
		return fmt.Errorf("%s is of the wrong type", te.Field)
	}
	return err
}
