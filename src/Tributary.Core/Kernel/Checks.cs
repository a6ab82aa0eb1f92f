using System.Text;

namespace Tributary.Core.Kernel;

/// <summary>Collects every wrong field of a request, so that a refusal names them all at once.</summary>
public sealed class Checks
{
    private readonly List<FieldError> errors = [];

    public bool AllGood => errors.Count == 0;

    /// <summary>Notes what is wrong with a field; nothing is thrown before <see cref="Done"/>.</summary>
    public void Fail(string field, string message) => Add(new(field, message));

    public void Add(FieldError error) => errors.Add(error);

    /// <summary>Notes what is wrong unless it holds.</summary>
    public void Require(bool holds, string field, string message)
    {
        if (!holds) Fail(field, message);
    }

    /// <summary>Throws the collected refusal, if there is one.</summary>
    public void Done()
    {
        if (errors.Count > 0) throw Problem.Invalid(errors);
    }

    /// <summary>A required text, trimmed, of 1 to <paramref name="max"/> characters.</summary>
    public string Text(string field, string? value, int max)
    {
        var text = value?.Trim() ?? "";
        if (text.Length == 0) Fail(field, $"{field} must be a text of 1 to {max} characters.");
        return Bounded(field, text, max);
    }

    /// <summary>A text or none; blank counts as none.</summary>
    public string? OptionalText(string field, string? value, int max) =>
        string.IsNullOrWhiteSpace(value) ? null : Bounded(field, value.Trim(), max);

    /// <summary>The text of a patch, or what is there already when the patch leaves it out.</summary>
    public string? OptionalText(string field, Field<string?> sent, string? current, int max) =>
        sent.IsSet ? OptionalText(field, sent.Value, max) : current;

    /// <summary>A required address of a mailbox.</summary>
    public string Email(string field, string? value)
    {
        var email = Text(field, value, EmailAddress.MaxLength);
        if (email.Length > 0 && !EmailAddress.IsWellFormed(email)) Fail(field, $"{field} must be an address such as ada@example.com.");
        return email;
    }

    /// <summary>An amount that storage can hold; <paramref name="min"/> is inclusive.</summary>
    public decimal Amount(string field, decimal value, decimal min = -Money.Max)
    {
        if (value < min || value > Money.Max) Fail(field, $"{field} must be a number from {min:0.####} to {Money.Max}.");
        return value;
    }

    /// <summary>A number from 0 to 100, or none.</summary>
    public decimal? Percentage(string field, decimal? value)
    {
        if (value is < 0 or > 100) Fail(field, $"{field} must be a number from 0 to 100.");
        return value;
    }

    /// <summary>Upper-cases a currency code; whether the workspace has it is asked elsewhere.</summary>
    public string Currency(string field, string? value)
    {
        var code = value?.Trim().ToUpperInvariant() ?? "";
        if (code.Length != 3 || !code.All(char.IsAsciiLetterUpper))
        {
            Fail(field, $"{field} must be a three-letter currency code such as EUR.");
        }
        return code;
    }

    private string Bounded(string field, string text, int max)
    {
        if (text.Length > max) Fail(field, $"{field} must have at most {max} characters.");
        // PostgreSQL stores neither NUL nor half a surrogate pair, and no reader wants them.
        else if (text.Contains('\0', StringComparison.Ordinal) || !IsWellFormed(text))
            Fail(field, $"{field} contains a character that cannot be stored.");
        return text;
    }

    private static bool IsWellFormed(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune == Rune.ReplacementChar && !text.Contains('\uFFFD', StringComparison.Ordinal)) return false;
        }
        return true;
    }
}
