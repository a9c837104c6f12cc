package sync_test

import (
	"net/http"
	"net/http/httptest"
	"strconv"
	gosync "sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// counter counts the requests for each path.
type counter struct {
	mu gosync.Mutex
	n  map[string]int
}

func (c *counter) next(r *http.Request) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.n == nil {
		c.n = map[string]int{}
	}
	c.n[r.URL.String()]++
	return c.n[r.URL.String()]
}

// Every service that fails for a while is read as if it had not.
func TestServicesRecover(t *testing.T) {
	t.Parallel()
	for fault, tc := range map[string]struct {
		status, times int
		after         string
		wait          time.Duration
	}{
		"500 twice":     {500, 2, "", 2 * time.Second},
		"429 with time": {429, 1, "30", 30 * time.Second},
	} {
		for name, s := range services() {
			t.Run(fault+"/"+name, func(t *testing.T) {
				t.Parallel()
				good := s.handler(t)
				var asked counter
				flaky := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					if asked.next(r) > tc.times {
						good(w, r)
						return
					}
					w.Header().Set("Retry-After", tc.after)
					w.WriteHeader(tc.status)
				}))
				defer flaky.Close()
				sound := httptest.NewServer(good)
				defer sound.Close()
				s.source.Address = sound.URL
				if name == "http" {
					s.source.Address += "/"
				}
				want, err := fetch(t, s.source, options(nil))
				require.NoError(t, err)
				s.source.Address = flaky.URL
				if name == "http" {
					s.source.Address += "/"
				}
				var longest time.Duration
				got, err := fetch(t, s.source, options(func(d time.Duration) { longest = max(longest, d) }))
				require.NoError(t, err)
				assert.Equal(t, tc.wait, longest)
				assert.Equal(t, served(want), served(got))
			})
		}
	}
}

// An answer that is right as far as it goes, and breaks off, is read by no service;
// neither by its length nor by its text.
func TestServicesRefuseHalfAnswers(t *testing.T) {
	t.Parallel()
	for name, s := range services() {
		for _, told := range []bool{false, true} {
			t.Run(name+strconv.FormatBool(told), func(t *testing.T) {
				t.Parallel()
				good, source := s.handler(t), s.source // both runs share s
				server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					rec := httptest.NewRecorder()
					good(rec, r)
					whole := rec.Body.Bytes()
					if told { // the connection ends before the length that was told
						w.Header().Set("Content-Length", strconv.Itoa(len(whole)))
					}
					w.WriteHeader(rec.Code)
					_, _ = w.Write(whole[:len(whole)/2])
				}))
				defer server.Close()
				source.Address = server.URL
				if name == "http" {
					source.Address += "/"
				}
				_, err := fetch(t, source, options(nil))
				require.Error(t, err)
				assert.NotContains(t, err.Error(), secret)
				if told {
					require.ErrorContains(t, err, "the answer breaks off")
				}
			})
		}
	}
}

// No service waits for ever.
func TestServicesTimeOut(t *testing.T) {
	t.Parallel()
	for name, s := range services() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			done := make(chan struct{})
			server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-done }))
			defer server.Close()
			defer close(done)
			s.source.Address, s.source.Timeout = server.URL, 20*time.Millisecond
			_, err := fetch(t, s.source, options(nil))
			require.ErrorContains(t, err, "no answer in time")
			assert.NotContains(t, err.Error(), secret)
		})
	}
}
