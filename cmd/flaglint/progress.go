package main

import (
	"fmt"
	"io"
	"sync"
	"time"
)

// progressAfter is how long a step may take in silence.
const progressAfter = time.Second

// progress shows on a terminal what takes longer than a second, with the seconds
// that have passed, until the function that it returns is called.
func progress(w io.Writer, live bool, what string) (done func()) {
	if !live {
		return func() {}
	}
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		shown := false
		start := time.Now()
		tick := time.NewTicker(progressAfter)
		defer tick.Stop()
		for {
			select {
			case <-stop:
				if shown {
					fmt.Fprint(w, "\r\x1b[K")
				}
				return
			case now := <-tick.C:
				shown = true
				fmt.Fprintf(w, "\r\x1b[Kflaglint: %s, %ds", what, int(now.Sub(start).Seconds()))
			}
		}
	}()
	return sync.OnceFunc(func() {
		close(stop)
		<-stopped
	})
}
