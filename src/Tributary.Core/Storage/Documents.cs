using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Tributary.Core.Activities;
using Tributary.Core.Automations;
using Tributary.Core.Contacts;
using Tributary.Core.Deals;
using Tributary.Core.Fields;
using Tributary.Core.Kernel;
using Tributary.Core.Keys;
using Tributary.Core.Log;
using Tributary.Core.Mail;
using Tributary.Core.Pipelines;
using Tributary.Core.Webhooks;

namespace Tributary.Core.Storage;

/// <summary>How values are written into JSON columns: snake_case, no nulls, readable text.</summary>
internal static class Documents
{
    public static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower), new ChangesJson(), new SeqJson() },
    };

    /// <summary>The types that a column keeps as a document.</summary>
    public static readonly HashSet<Type> Types =
    [
        typeof(Seq<long>),
        typeof(Seq<string>),
        typeof(Seq<FieldOption>),
        typeof(Seq<Change>),
        typeof(Seq<KeptHeader>),
        typeof(DealLinks),
        typeof(ActivityLocation),
        typeof(MailParties),
        typeof(Seq<ActivityParticipant>),
        typeof(Seq<ActivityAttendee>),
        typeof(PostalAddress),
        typeof(Seq<ContactPoint>),
        typeof(Seq<RunStep>),
        typeof(WebhookTerms),
        typeof(StageEntry),
        typeof(Circle),
    ];

    /// <summary>The changes of a line of the log, which every write has, member by member.</summary>
    private sealed class ChangesJson : JsonConverter<Seq<Change>>
    {
        public override Seq<Change> Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            [.. JsonSerializer.Deserialize<List<Change>>(ref reader, options) ?? []];

        public override void Write(Utf8JsonWriter writer, Seq<Change> value, JsonSerializerOptions options)
        {
            writer.WriteStartArray();
            foreach (var (field, old, @new) in value.Items)
            {
                writer.WriteStartObject();
                writer.WriteString("field"u8, field);
                Write(writer, "old"u8, old);
                Write(writer, "new"u8, @new);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
        }

        private static void Write(Utf8JsonWriter writer, ReadOnlySpan<byte> name, JsonElement? value)
        {
            if (value is not { } some) return;
            writer.WritePropertyName(name);
            some.WriteTo(writer);
        }
    }

    private sealed class SeqJson : JsonConverterFactory
    {
        public override bool CanConvert(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Seq<>);

        public override JsonConverter CreateConverter(Type type, JsonSerializerOptions options) =>
            (JsonConverter)Activator.CreateInstance(typeof(Converter<>).MakeGenericType(type.GetGenericArguments()))!;

        private sealed class Converter<T> : JsonConverter<Seq<T>>
        {
            public override Seq<T> Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
                [.. JsonSerializer.Deserialize<List<T>>(ref reader, options) ?? []];

            public override void Write(Utf8JsonWriter writer, Seq<T> value, JsonSerializerOptions options) =>
                JsonSerializer.Serialize(writer, (IReadOnlyList<T>)value, options);
        }
    }
}
