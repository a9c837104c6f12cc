package lsp

import (
	"errors"
	"io"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestQueueWaitsForNobody: a client that does not read holds up no answer, and gets
// everything, in order, when it does.
func TestQueueWaitsForNobody(t *testing.T) {
	t.Parallel()
	in, out := io.Pipe()
	q := newQueue(out)
	for _, s := range []string{"a", "b", "c"} {
		b := []byte(s)
		n, err := q.Write(b)
		require.NoError(t, err)
		require.Equal(t, 1, n)
		b[0] = 'x' // the caller's own again
	}
	closed := make(chan error)
	go func() { closed <- q.Close() }()
	got, err := io.ReadAll(in)
	require.NoError(t, err)
	assert.Equal(t, "abc", string(got))
	require.NoError(t, <-closed)
	_, err = q.Write([]byte("d"))
	assert.ErrorIs(t, err, io.ErrClosedPipe)
}

// TestQueueTellsFailure: a client that is gone is told to the next writer.
func TestQueueTellsFailure(t *testing.T) {
	t.Parallel()
	in, out := io.Pipe()
	gone := errors.New("gone")
	require.NoError(t, in.CloseWithError(gone))
	q := newQueue(out)
	_, err := q.Write([]byte("a"))
	require.NoError(t, err)
	<-q.done
	_, err = q.Write([]byte("b"))
	require.ErrorIs(t, err, gone)
	require.NoError(t, q.Close())
}
