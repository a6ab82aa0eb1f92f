using System.Text.Json;
using Tributary.Core.Kernel;

namespace Tributary.Server.Hosting;

/// <summary>
/// A request body being read. Members that are wrong are collected and refused together; members that were not sent stay
/// unset, which is not the same as null.
/// </summary>
internal sealed class Body
{
    private readonly JsonElement json;
    private readonly ReadingPolicy policy;
    private readonly List<FieldError> errors = [];

    private Body(JsonElement json, ReadingPolicy policy)
    {
        this.json = json;
        this.policy = policy;
    }

    /// <summary>Reads all of it, then throws what was wrong with it, if anything.</summary>
    public static T Read<T>(JsonElement json, Shape shape, ReadingPolicy policy, Func<Body, T> read)
    {
        var body = new Body(json, policy);
        if (json.ValueKind is not JsonValueKind.Object) throw Problem.Invalid("body", "The request body must be a JSON object.");
        if (policy.RefuseUnknownMembers)
        {
            foreach (var member in json.EnumerateObject())
            {
                if (!shape.Takes(member.Name)) body.errors.Add(new(member.Name, Unknown(member.Name, shape)) { IsUnknown = true });
            }
        }
        var value = read(body);
        foreach (var member in shape.Members)
        {
            if (member.IsRequired && !json.TryGetProperty(member.Name, out _) && body.errors.All(error => error.Field != member.Name))
            {
                body.Fail(member.Name, $"{member.Name} is required: it {member.Accepts}.");
            }
        }
        if (body.errors.Count > 0) throw Problem.Invalid(body.errors);
        return value;
    }

    /// <summary>The members that the shape does not list by name; for custom fields at the top level.</summary>
    public IEnumerable<JsonProperty> Others(Shape shape) =>
        json.EnumerateObject().Where(member => shape.Members.All(known => known.Name != member.Name));

    /// <summary>Whether the body says it, if only as null.</summary>
    public bool Has(string name) => json.TryGetProperty(name, out _);

    /// <summary>A member that cannot be null.</summary>
    public Field<T> Get<T>(Member<T> member)
    {
        if (!json.TryGetProperty(member.Name, out var value)) return default;
        return TryRead(member, value, out var read) ? new(true, read) : default;
    }

    /// <summary>A text that says something: a blank one is refused as if it were missing.</summary>
    public Field<string> Words(Member<string> member)
    {
        var text = Get(member);
        if (text.IsSet && string.IsNullOrWhiteSpace(text.Value)) Fail(member.Name, $"{member.Name} is required: it {member.Accepts}.");
        return text;
    }

    /// <summary>A member that null clears.</summary>
    public Field<T?> Clearable<T>(Member<T> member) where T : struct
    {
        if (!json.TryGetProperty(member.Name, out var value)) return default;
        if (value.ValueKind is JsonValueKind.Null) return new(true, null);
        return TryRead(member, value, out var read) ? new(true, read) : default;
    }

    /// <summary>A text that null clears.</summary>
    public Field<string?> ClearableText(Member<string> member)
    {
        if (!json.TryGetProperty(member.Name, out var value)) return default;
        if (value.ValueKind is JsonValueKind.Null) return new(true, null);
        return TryRead(member, value, out var read) ? new(true, read) : default;
    }

    /// <summary>An object that null clears.</summary>
    public Field<T?> ClearableObject<T>(Member<T> member) where T : class
    {
        if (!json.TryGetProperty(member.Name, out var value)) return default;
        if (value.ValueKind is JsonValueKind.Null) return new(true, null);
        return TryRead(member, value, out var read) ? new(true, read) : default;
    }

    /// <summary>A list that null empties.</summary>
    public Field<Seq<T>> ClearableList<T>(Member<Seq<T>> member)
    {
        if (!json.TryGetProperty(member.Name, out var value)) return default;
        if (value.ValueKind is JsonValueKind.Null) return new(true, []);
        return TryRead(member, value, out var read) ? new(true, read) : default;
    }

    /// <summary>Notes what is wrong with a member; the refusal names them all.</summary>
    public void Fail(string field, string message) => errors.Add(new(field, message));

    private bool TryRead<T>(Member<T> member, JsonElement value, out T read)
    {
        read = default!;
        if (value.ValueKind is not JsonValueKind.Null)
        {
            try
            {
                if (member.FromJson(value, policy, out read)) return true;
            }
            catch (ProblemException inner)
            {
                errors.AddRange(inner.Problem.Fields);
                return false;
            }
        }
        Fail(member.Name, $"{member.Name} {member.Accepts}.");
        return false;
    }

    private static string Unknown(string name, Shape shape)
    {
        var known = string.Join(", ", shape.Members.Select(member => member.Name));
        return $"{Shown(name)} is not a member of this request. Its members are {known}.";
    }

    private static string Shown(string name) => name.Length <= 60 ? name : name[..60] + "…";
}
