namespace Tributary.Core.Pipelines;

/// <summary>The colours that stages are shown in: names of tokens, which each theme of the web app spells readably.</summary>
public static class StageColors
{
    public static readonly IReadOnlyList<string> All =
        ["gray", "red", "orange", "yellow", "green", "teal", "blue", "indigo", "violet", "pink"];
}
