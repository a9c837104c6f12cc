package sync

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

const (
	// MaxAnswer bounds one answer, all pages of a list, and what is read of a store.
	MaxAnswer = 64 << 20
	// maxTries bounds how often a request is made that is answered with 429 or 5xx.
	maxTries = 5
	// maxWait bounds one wait between tries; where Retry-After asks for more, there is
	// no further try.
	maxWait = 2 * time.Minute
	// maxPages bounds the pages of a list, in case that it has no end.
	maxPages = 1000
)

// client makes the requests of one source.
type client struct {
	source Source
	opts   Options
	http   *http.Client
	secret string
	// authorize puts the secret into a request.
	authorize func(r *http.Request, secret string)
	// accept refuses an answer by its header; nil: it is taken.
	accept func(h http.Header) error
}

// newClient returns a client, or an error where the token is not there.
func newClient(s Source, o Options, authorize func(*http.Request, string)) (*client, error) {
	secret, err := o.Secret(s)
	if err != nil {
		return nil, err
	}
	c := &client{source: s, opts: o, secret: secret, authorize: authorize}
	c.http = &http.Client{Transport: o.Transport, Timeout: s.Wait(), CheckRedirect: func(r *http.Request, via []*http.Request) error {
		switch first := via[0].URL; {
		case len(via) > 5:
			return errors.New("there are too many redirects")
		case r.URL.Host != first.Host || r.URL.Scheme != first.Scheme:
			// A header with a token would go along.
			return fmt.Errorf("it redirects to %s://%s (give that address, if it is the right one)", r.URL.Scheme, r.URL.Host)
		}
		return nil
	}}
	return c, nil
}

var errTooLarge = fmt.Errorf("the answer has more than %d MiB (ask for fewer flags, by project)", MaxAnswer>>20)

// ErrNoAnswer is told of a source that does not answer within its timeout.
var ErrNoAnswer = errors.New("no answer in time (try again, or give the source a longer timeout)")

// errNoAddress is told of an address that is none; it does not repeat it.
var errNoAddress = errors.New("the address is none (want https://HOST/PATH)")

// parseAddress reads an address of the configuration. The error does not repeat it.
func parseAddress(address string) (*url.URL, error) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return nil, errNoAddress
	}
	if u.User != nil {
		return nil, ErrPassword
	}
	return u, nil
}

// request is what is asked of a service.
type request struct {
	url *url.URL
	// body is sent by POST, as JSON; nil: it is a GET.
	body []byte
	// shown is what errors call it: the address may hold a key.
	shown string
}

// get fetches what a request asks for.
func (c *client) get(ctx context.Context, q request) ([]byte, error) {
	for try := 1; ; try++ {
		data, wait, err := c.once(ctx, q)
		if err == nil {
			return data, nil
		}
		switch {
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case wait > maxWait:
			return nil, fmt.Errorf("%s: %w, in %s", q.shown, err, wait.Round(time.Second))
		case wait < 0 || try == maxTries:
			return nil, fmt.Errorf("%s: %w", q.shown, err)
		case wait == 0:
			wait = time.Second << (try - 1)
		}
		if err := c.sleep(ctx, wait); err != nil {
			return nil, err
		}
	}
}

func (c *client) sleep(ctx context.Context, d time.Duration) error {
	if c.opts.Sleep != nil {
		return c.opts.Sleep(ctx, d)
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}

// once makes one request. It returns how long to wait before the next try: 0 where
// the server does not say, -1 where trying again does not help.
func (c *client) once(ctx context.Context, q request) ([]byte, time.Duration, error) {
	method := http.MethodGet
	if q.body != nil {
		method = http.MethodPost
	}
	r, err := http.NewRequestWithContext(ctx, method, q.url.String(), bytes.NewReader(q.body))
	if err != nil {
		return nil, -1, errNoAddress
	}
	if q.body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	r.Header.Set("Accept", "application/json")
	r.Header.Set("User-Agent", "flaglint/"+c.opts.Version)
	if c.authorize != nil && c.secret != "" {
		c.authorize(r, c.secret)
	}
	resp, err := c.http.Do(r)
	if err != nil {
		if ctx.Err() != nil {
			return nil, -1, ctx.Err()
		}
		return nil, -1, plainError(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		_, _ = io.CopyN(io.Discard, resp.Body, 1<<16) // so that the connection can be used again
		wait := time.Duration(-1)
		if resp.StatusCode == http.StatusTooManyRequests || resp.StatusCode >= 500 {
			wait = retryAfter(resp.Header.Get("Retry-After"), c.opts.Now)
		}
		return nil, wait, c.refusal(resp.StatusCode)
	}
	if c.accept != nil {
		if err := c.accept(resp.Header); err != nil {
			return nil, -1, err
		}
	}
	data, err := io.ReadAll(io.LimitReader(resp.Body, MaxAnswer+1))
	switch {
	case err != nil && ctx.Err() != nil:
		return nil, -1, ctx.Err()
	case err != nil:
		return nil, -1, fmt.Errorf("the answer breaks off: %w", plainError(err))
	case len(data) > MaxAnswer:
		return nil, -1, errTooLarge
	case len(strings.TrimSpace(string(data[:min(len(data), 512)]))) == 0:
		return nil, -1, errors.New("the answer is empty (correct the address)")
	case strings.HasPrefix(strings.TrimSpace(string(data[:min(len(data), 512)])), "<"):
		return nil, -1, errors.New("the answer is a page for people, not data (correct the address; or the token is refused, and it asks to log in)")
	}
	return data, 0, nil
}

// refusal says what an answer's status means.
func (c *client) refusal(status int) error {
	token := "it wants a token (name the variable that holds it with token:)"
	if c.source.Token != "" {
		token = "the token in " + c.source.Token + " is refused (make a new one, with the permission to read)"
	}
	why := map[int]string{
		http.StatusUnauthorized:    token,
		http.StatusForbidden:       strings.Replace(token, "is refused", "may not read this", 1),
		http.StatusNotFound:        "there is nothing (correct the address, the project and the environments)",
		http.StatusTooManyRequests: "it gets too many requests (try again later)",
	}[status]
	if why == "" && status >= 500 {
		why = "the service fails (try again later)"
	}
	if why == "" {
		why = "the request is refused"
	}
	return statusError{status, why}
}

// statusError is an answer that is none.
type statusError struct {
	status int
	why    string
}

func (e statusError) Error() string {
	return fmt.Sprintf("%d %s: %s", e.status, http.StatusText(e.status), e.why)
}

// retryAfter reads the header, seconds or a time; 0 where it says nothing.
func retryAfter(header string, now time.Time) time.Duration {
	if n, err := strconv.Atoi(header); err == nil && n > 0 {
		return time.Duration(n) * time.Second
	}
	if t, err := http.ParseTime(header); err == nil && t.After(now) {
		return t.Sub(now)
	}
	return 0
}

// plainError is what went wrong, without the address that the errors of net/http
// repeat: it may hold a key.
func plainError(err error) error {
	var ue *url.Error
	for errors.As(err, &ue) {
		if ue.Timeout() {
			return ErrNoAnswer
		}
		err = ue.Err
		ue = nil
	}
	if strings.Contains(err.Error(), "invalid proxy address") {
		return errors.New("the proxy of the environment is no address (correct HTTPS_PROXY)") // it may hold a password
	}
	return err
}

// minSecret is the length from which a secret is taken out of errors: shorter ones
// are in any text.
const minSecret = 4

// redact takes secrets out of an error, whatever it came from.
func redact(err error, secrets []string) error {
	text := err.Error()
	for _, secret := range secrets {
		if len(secret) < minSecret {
			continue
		}
		for _, s := range []string{secret, url.PathEscape(secret), url.QueryEscape(secret)} {
			text = strings.ReplaceAll(text, s, "…")
		}
	}
	if text == err.Error() {
		return err
	}
	return errors.New(text)
}
