using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace AltSendme.Abstractions.Tests.PublicApi;

/// <summary>Prints what others can see of an assembly, one member a line, the type's name in front of each: a line says all by itself when it differs.</summary>
internal static class ApiText
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static string Of(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (var type in assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            text.Append(Head(type)).Append('\n');
            foreach (var line in Members(type).Order(StringComparer.Ordinal))
                text.Append("    ").Append(type.Name).Append(": ").Append(line).Append('\n');
        }

        return text.ToString();
    }

    private static string Head(Type type)
    {
        var kind = type.IsEnum ? $"enum({TypeNames.Of(type.GetEnumUnderlyingType())})"
            : type.IsInterface ? "interface"
            : type.IsValueType ? type.IsDefined(typeof(IsReadOnlyAttribute)) ? "readonly struct" : "struct"
            : type is { IsAbstract: true, IsSealed: true } ? "static class"
            : type.IsAbstract ? "abstract class"
            : type.IsSealed ? "sealed class" : "class";
        var parents = type.IsEnum ? [] : new[] { type.BaseType }.Where(parent => parent is not null && parent != typeof(object) && parent != typeof(ValueType))
            .Concat(type.GetInterfaces()).Select(parent => TypeNames.Of(parent!)).Order(StringComparer.Ordinal).ToArray();
        return $"{kind} {type.FullName}{(parents.Length == 0 ? "" : " : " + string.Join(", ", parents))}";
    }

    private static IEnumerable<string> Members(Type type)
    {
        foreach (var field in type.GetFields(Declared).Where(field => !field.IsSpecialName && (field.IsPublic || field.IsFamily)))
        {
            yield return field.IsLiteral
                ? $"const {TypeNames.Of(field.FieldType)} {field.Name} = {Convert.ToString(field.GetRawConstantValue(), CultureInfo.InvariantCulture)}"
                : $"{(field.IsStatic ? "static " : "")}{(field.IsInitOnly ? "readonly " : "")}{TypeNames.Of(field)} {field.Name}";
        }

        foreach (var constructor in type.GetConstructors(Declared).Where(IsVisible))
            yield return $"{Modifiers(constructor, type)}new({Parameters(constructor)})";

        foreach (var property in type.GetProperties(Declared).Where(property => property.GetAccessors(nonPublic: true).Any(IsVisible)))
        {
            var accessors = string.Concat(property.GetAccessors(nonPublic: true).Where(IsVisible).Select(Accessor));
            var required = property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "";
            yield return $"{Modifiers(property.GetAccessors(nonPublic: true)[0], type)}{required}{TypeNames.Of(property)} {property.Name} {{{accessors} }}";
        }

        foreach (var occurrence in type.GetEvents(Declared))
            yield return $"event {TypeNames.Of(occurrence.EventHandlerType!)} {occurrence.Name}";

        foreach (var method in type.GetMethods(Declared).Where(method => IsVisible(method) && !IsAccessor(method) && !method.IsDefined(typeof(CompilerGeneratedAttribute))))
            yield return $"{Modifiers(method, type)}{TypeNames.Of(method.ReturnParameter)} {method.Name}({Parameters(method)})";
    }

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool IsAccessor(MethodInfo method) => method.IsSpecialName && !method.Name.StartsWith("op_", StringComparison.Ordinal);

    private static string Accessor(MethodInfo accessor) =>
        accessor.ReturnType != typeof(void) ? " get;"
        : accessor.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? " init;" : " set;";

    private static string Modifiers(MethodBase method, Type type) =>
        (method.IsFamily || method.IsFamilyOrAssembly ? "protected " : "")
        + (method.IsStatic ? "static " : "")
        + (type.IsInterface && method.IsAbstract ? "" : method.IsAbstract ? "abstract " : method.IsVirtual && !method.IsFinal && !type.IsSealed ? "virtual " : "");

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter =>
        (parameter.IsOut ? "out " : parameter.IsIn ? "in " : parameter.ParameterType.IsByRef ? "ref " : "")
        + TypeNames.Of(parameter) + " " + parameter.Name
        + (parameter.HasDefaultValue ? " = " + (Convert.ToString(parameter.RawDefaultValue, CultureInfo.InvariantCulture) is { Length: > 0 } value ? value : "default") : "")));
}
