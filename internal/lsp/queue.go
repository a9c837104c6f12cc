package lsp

import (
	"io"
	"sync"
)

// queue writes what it is given in its order, and lets nobody wait for the other
// side: a client that reads nothing until its own message is taken would wait
// for the server, and the server for it.
type queue struct {
	out  io.WriteCloser
	done chan struct{} // closed when all is written, or out fails

	mu     sync.Mutex
	more   *sync.Cond
	rest   []byte
	err    error
	closed bool
}

func newQueue(out io.WriteCloser) *queue {
	q := &queue{out: out, done: make(chan struct{})}
	q.more = sync.NewCond(&q.mu)
	go q.run()
	return q
}

func (q *queue) run() {
	defer close(q.done)
	for {
		q.mu.Lock()
		for len(q.rest) == 0 && !q.closed {
			q.more.Wait()
		}
		b := q.rest
		q.rest = nil
		q.mu.Unlock()
		if len(b) == 0 {
			return
		}
		if _, err := q.out.Write(b); err != nil {
			q.mu.Lock()
			q.err = err
			q.mu.Unlock()
			return
		}
	}
}

// Write takes a copy of b, and tells the error of what was written before.
func (q *queue) Write(b []byte) (int, error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	switch {
	case q.err != nil:
		return 0, q.err
	case q.closed:
		return 0, io.ErrClosedPipe
	}
	q.rest = append(q.rest, b...)
	q.more.Signal()
	return len(b), nil
}

// Close ends the queue, and closes what it is written to.
func (q *queue) Close() error {
	q.end()
	return q.out.Close()
}

// end takes nothing more, and waits until everything is written.
func (q *queue) end() {
	q.mu.Lock()
	q.closed = true
	q.more.Signal()
	q.mu.Unlock()
	<-q.done
}
