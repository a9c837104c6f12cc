// Package configcat is a stub: the signatures of ConfigCat's SDK v9, without behaviour.
package configcat

// Client evaluates flags.
type Client struct{}

// User is whom a flag is evaluated for.
type User interface{}

// Logger logs.
type Logger interface{}

// Snapshot is the state of every flag for one user.
type Snapshot struct{}

// EvaluationDetailsData explains a value.
type EvaluationDetailsData struct {
	Key         string
	VariationID string
}

// EvaluationDetails is a value of any type, explained.
type EvaluationDetails struct {
	Data  EvaluationDetailsData
	Value interface{}
}

// FlagOverrides serves values of its own.
type FlagOverrides struct {
	Values   map[string]interface{}
	FilePath string
}

// Flag is a flag of any type.
type Flag interface {
	Key() string
	GetValue(snap *Snapshot) interface{}
	GetValueDetails(snap *Snapshot) EvaluationDetails
}

func NewSnapshot(logger Logger, values map[string]interface{}) (*Snapshot, error) {
	return &Snapshot{}, nil
}

func (s *Snapshot) GetValue(key string) interface{} { return nil }

func (s *Snapshot) GetValueDetails(key string) EvaluationDetails { return EvaluationDetails{} }

// BoolEvaluationDetails is a value, explained.
type BoolEvaluationDetails struct {
	Data  EvaluationDetailsData
	Value bool
}

// BoolFlag is a declared flag.
type BoolFlag struct{}

func Bool(key string, defaultValue bool) BoolFlag { return BoolFlag{} }

func (f BoolFlag) Key() string { return "" }

func (f BoolFlag) Get(snap *Snapshot) bool { return *new(bool) }

func (f BoolFlag) GetWithDetails(snap *Snapshot) BoolEvaluationDetails {
	return BoolEvaluationDetails{}
}

func (f BoolFlag) GetValue(snap *Snapshot) interface{} { return nil }

func (f BoolFlag) GetValueDetails(snap *Snapshot) EvaluationDetails { return EvaluationDetails{} }

func (c *Client) GetBoolValue(key string, defaultValue bool, user User) bool { return defaultValue }

func (c *Client) GetBoolValueDetails(key string, defaultValue bool, user User) BoolEvaluationDetails {
	return BoolEvaluationDetails{}
}

// IntEvaluationDetails is a value, explained.
type IntEvaluationDetails struct {
	Data  EvaluationDetailsData
	Value int
}

// IntFlag is a declared flag.
type IntFlag struct{}

func Int(key string, defaultValue int) IntFlag { return IntFlag{} }

func (f IntFlag) Key() string { return "" }

func (f IntFlag) Get(snap *Snapshot) int { return *new(int) }

func (f IntFlag) GetWithDetails(snap *Snapshot) IntEvaluationDetails {
	return IntEvaluationDetails{}
}

func (f IntFlag) GetValue(snap *Snapshot) interface{} { return nil }

func (f IntFlag) GetValueDetails(snap *Snapshot) EvaluationDetails { return EvaluationDetails{} }

func (c *Client) GetIntValue(key string, defaultValue int, user User) int { return defaultValue }

func (c *Client) GetIntValueDetails(key string, defaultValue int, user User) IntEvaluationDetails {
	return IntEvaluationDetails{}
}

// FloatEvaluationDetails is a value, explained.
type FloatEvaluationDetails struct {
	Data  EvaluationDetailsData
	Value float64
}

// FloatFlag is a declared flag.
type FloatFlag struct{}

func Float(key string, defaultValue float64) FloatFlag { return FloatFlag{} }

func (f FloatFlag) Key() string { return "" }

func (f FloatFlag) Get(snap *Snapshot) float64 { return *new(float64) }

func (f FloatFlag) GetWithDetails(snap *Snapshot) FloatEvaluationDetails {
	return FloatEvaluationDetails{}
}

func (f FloatFlag) GetValue(snap *Snapshot) interface{} { return nil }

func (f FloatFlag) GetValueDetails(snap *Snapshot) EvaluationDetails { return EvaluationDetails{} }

func (c *Client) GetFloatValue(key string, defaultValue float64, user User) float64 {
	return defaultValue
}

func (c *Client) GetFloatValueDetails(key string, defaultValue float64, user User) FloatEvaluationDetails {
	return FloatEvaluationDetails{}
}

// StringEvaluationDetails is a value, explained.
type StringEvaluationDetails struct {
	Data  EvaluationDetailsData
	Value string
}

// StringFlag is a declared flag.
type StringFlag struct{}

func String(key string, defaultValue string) StringFlag { return StringFlag{} }

func (f StringFlag) Key() string { return "" }

func (f StringFlag) Get(snap *Snapshot) string { return *new(string) }

func (f StringFlag) GetWithDetails(snap *Snapshot) StringEvaluationDetails {
	return StringEvaluationDetails{}
}

func (f StringFlag) GetValue(snap *Snapshot) interface{} { return nil }

func (f StringFlag) GetValueDetails(snap *Snapshot) EvaluationDetails { return EvaluationDetails{} }

func (c *Client) GetStringValue(key string, defaultValue string, user User) string {
	return defaultValue
}

func (c *Client) GetStringValueDetails(key string, defaultValue string, user User) StringEvaluationDetails {
	return StringEvaluationDetails{}
}
