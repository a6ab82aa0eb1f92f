using System.Globalization;
using System.Text.RegularExpressions;
using Tributary.Tests.Support;

namespace Tributary.Tests.Server.EveryOperation;

/// <summary>How long a text may be is what the document says, which clients are made from, and not a lower bound of the rules.</summary>
public sealed partial class TextLengthTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothBackends]
    public async Task No_text_of_the_length_that_the_document_allows_is_refused_for_its_length(Backend backend)
    {
        var world = await World.Make(backend);
        var failures = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var (dialect, route) in Requests.WithBody(world))
        {
            foreach (var (name, schema, write) in BadInput.Places(route, world))
            {
                if (schema["format"] is not null || schema["enum"] is not null || schema["maxLength"]?.GetValue<int>() is not { } most) continue;
                using var request = new HttpRequestMessage(new(route.Method), Requests.Address(dialect, route, world))
                {
                    Content = Content.Json(write($"\"{new string('x', most)}\"")),
                };
                world.SignIn(request, dialect.Name);
                using var answer = await world.Client.SendAsync(request, Ct);
                var text = await answer.Content.ReadAsStringAsync(Ct);
                foreach (Match bound in Bound().Matches(text))
                {
                    if (int.Parse(bound.Groups[1].Value, CultureInfo.InvariantCulture) >= most) continue;
                    failures.Add($"{dialect.Name} {route.Id} {name}: {most}, but {text[..Math.Min(text.Length, 200)]}");
                }
            }
        }
        Assert.True(failures.Count == 0, string.Join("\n", failures));
    }

    // What is blank and must not be is "1 to 255 characters" too, of whatever else the body should have had.
    [GeneratedRegex("must have (?:at most|1 to) ([0-9]+) characters")]
    private static partial Regex Bound();
}
