using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tributary.Server.Hosting;

/// <summary>
/// A value that a request may carry, in its body, query or path: its name, what it may be, and how it is read. Declared
/// once as a constant beside the routes that use it.
/// </summary>
internal abstract class Member(string name, string description)
{
    public string Name { get; } = name;
    public string Description { get; } = description;
    public bool IsRequired { get; init; }
    public bool IsNullable { get; init; }

    /// <summary>"query" for parameters, "path" for parts of the address; bodies do not look at it.</summary>
    public string In { get; init; } = "query";

    /// <summary>What would be accepted, as the end of a sentence: "must be …".</summary>
    public required string Accepts { get; init; }

    /// <summary>Describes it, for the document: made when that is asked for, a new one each time.</summary>
    public required Func<JsonObject> Schema { get; init; }

    /// <summary>Whether a query or path text is acceptable.</summary>
    public abstract bool Takes(string text, ReadingPolicy policy);
}

/// <summary>A member whose value is a <typeparamref name="T"/>.</summary>
internal sealed class Member<T>(string name, string description) : Member(name, description)
{
    /// <summary>Reads JSON; false when it is not acceptable. Never called for null.</summary>
    public required TryRead<JsonElement, T> FromJson { get; init; }

    /// <summary>Reads a query or path text, or a form field.</summary>
    public required TryRead<string, T> FromText { get; init; }

    public override bool Takes(string text, ReadingPolicy policy) => FromText(text, policy, out _);

    /// <summary>Refused when left out.</summary>
    public Member<T> Required() => With(required: true);

    /// <summary>Null is taken too, and clears.</summary>
    public Member<T> Nullable() => With(nullable: true);

    /// <summary>The same value as part of the path.</summary>
    public Member<T> InPath() => With(required: true, place: "path");

    public Member<T> Named(string other) => With(name: other);

    private Member<T> With(bool? required = null, bool? nullable = null, string? place = null, string? name = null) =>
        new(name ?? Name, Description)
        {
            FromJson = FromJson,
            FromText = FromText,
            Accepts = Accepts,
            Schema = Schema,
            IsRequired = required ?? IsRequired,
            IsNullable = nullable ?? IsNullable,
            In = place ?? In,
        };
}

internal delegate bool TryRead<TSource, TValue>(TSource source, ReadingPolicy policy, out TValue value);
