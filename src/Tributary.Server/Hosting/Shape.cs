using System.Text.Json.Nodes;

namespace Tributary.Server.Hosting;

/// <summary>The members that a request body may have.</summary>
internal sealed class Shape(string? name, params IReadOnlyList<Member> members) : ISchema
{
    private readonly HashSet<string> names = [.. members.Select(member => member.Name)];

    public string? Name { get; } = name;
    public IReadOnlyList<Member> Members { get; } = members;

    /// <summary>Members that no list can name are allowed, such as custom field keys at the top level.</summary>
    public Func<string, bool>? AlsoTakes { get; init; }

    /// <summary>Whether a body may have a member of this name.</summary>
    public bool Takes(string member) => names.Contains(member) || AlsoTakes?.Invoke(member) == true;

    public JsonObject Schema(SchemaBook book)
    {
        var properties = new JsonObject();
        foreach (var member in Members) properties[member.Name] = Describe(member);

        var schema = new JsonObject { ["type"] = "object", ["properties"] = properties };
        var required = Members.Where(member => member.IsRequired).Select(member => (JsonNode)member.Name).ToArray();
        if (required.Length > 0) schema["required"] = new JsonArray(required);
        return schema;
    }

    public static JsonObject Describe(Member member)
    {
        var schema = member.Schema();
        if (member.IsNullable && schema["type"] is JsonValue type) schema["type"] = new JsonArray(type.GetValue<string>(), "null");
        if (member.Description.Length > 0) schema["description"] = member.Description;
        return schema;
    }
}
